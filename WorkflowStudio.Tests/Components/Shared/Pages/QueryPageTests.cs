using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Practice;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Shared.Pages;

public sealed class QueryPageTests : MudContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Page_WhatStandsInTheAddress_IsChosen() => Assert.Equal("sms", Page("/studio/outbox?channel=sms").Markup);

    [Theory]
    [InlineData("/studio/outbox?channel=email")]
    [InlineData("/studio/outbox/?channel=email")]
    [InlineData("/Studio/Outbox?channel=email")]
    public void Address_OtherChoices_AreReadOnce(string address)
    {
        var page = Page("/studio/outbox?channel=sms");

        Navigation.NavigateTo(address);

        Assert.Equal("email", page.Markup);
        Assert.Equal(2, page.Instance.Reads);
    }

    [Fact]
    public void Address_OfAnotherPage_IsNotReadHere()
    {
        var page = Page("/studio/outbox?channel=sms");

        Navigation.NavigateTo("/studio/runs?channel=email");

        Assert.Equal(("sms", 1), (page.Markup, page.Instance.Reads));
    }

    [Fact]
    public async Task Address_AfterThePageIsLeft_IsNotReadHere()
    {
        var left = Page("/studio/outbox?channel=sms").Instance;
        await DisposeComponentsAsync();

        Navigation.NavigateTo("/studio/outbox?channel=email");

        Assert.Equal(1, left.Reads);
    }

    [Fact]
    public async Task Go_OtherChoices_StandInTheAddressAndOthersOfItStay()
    {
        var page = Page("/studio/outbox?channel=sms&before=019abcde00007000800000000000000a&theme=dark");

        await page.InvokeAsync(() => page.Instance.Choose(new OutboxQuery("http")));

        Assert.Equal("http://localhost/studio/outbox?channel=http&theme=dark", Navigation.Uri);
        Assert.Equal("http", page.Markup);
    }

    [Fact]
    public async Task Address_ABugInItsReading_IsNotHidden()
    {
        var page = Page("/studio/outbox");
        page.Instance.IsBroken = true;

        Navigation.NavigateTo("/studio/outbox?channel=sms");

        Assert.IsType<FormatException>(await Renderer.UnhandledException.WaitAsync(EngineHarness.Patience));
    }

    private IRenderedComponent<ChannelPage> Page(string address)
    {
        Services.AddSingleton(new LiveUpdates(new WatchRuns(new RunFeed()), new FakeTimeProvider()));
        Navigation.NavigateTo(address);
        return Render<ChannelPage>();
    }

    private sealed class ChannelPage : QueryPage<OutboxQuery, string>
    {
        public int Reads { get; private set; }

        public bool IsBroken { get; set; }

        public void Choose(OutboxQuery query) => Go(query);

        protected override TimeSpan? Follows => null;

        protected override Task<Result<string>> ReadAsync()
        {
            Reads++;
            return IsBroken ? throw new FormatException() : Task.FromResult<Result<string>>(Query.Channel ?? "all");
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Facts);
    }
}
