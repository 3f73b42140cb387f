using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Shared.Pages;

public sealed class LivePageTests : MudContext
{
    private readonly FakeTimeProvider clock = new(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
    private readonly RunFeed feed = new();

    public LivePageTests() => Services.AddSingleton(new LiveUpdates(new WatchRuns(feed), clock));

    [Fact]
    public void Page_UntilItIsRead_HasNoFactsAndThenHas()
    {
        var page = Page<StillPage>();
        Assert.Equal("reading", page.Markup);

        Answer(page, 0, "one");

        Assert.Equal("one", page.Markup);
        Assert.Single(page.Instance.Reads);
        Assert.Equal(0, feed.Watched); // it stands still
    }

    [Fact]
    public async Task Page_AReadThatIsOvertaken_DoesNotWin()
    {
        var page = Page<StillPage>();
        var newer = page.InvokeAsync(page.Instance.LoadAnewAsync);

        Answer(page, 1, "newer");
        await newer;
        Answer(page, 0, "older");

        Assert.Equal("newer", page.Markup);
    }

    [Fact]
    public async Task Page_WhatWasReadBeforeAClick_IsNotShownAfterIt()
    {
        var page = Page<StillPage>();
        var newer = page.InvokeAsync(page.Instance.LoadAnewAsync);

        Answer(page, 0, "of before");
        Assert.Equal("reading", page.Markup);

        Answer(page, 1, "of after");
        await newer;
        Assert.Equal("of after", page.Markup);
    }

    [Fact]
    public async Task Problem_ALaterReadThatSucceeds_TakesItAway()
    {
        var page = Page<StillPage>();
        Answer(page, 0, new OperationProblem.NotFound("list"));
        Assert.Equal("There is no list with this id.", page.Markup);

        var again = page.InvokeAsync(page.Instance.LoadAnewAsync);
        Answer(page, 1, "there");
        await again;

        Assert.Equal("there", page.Markup);
    }

    [Fact]
    public void Load_WhileTheDatabaseIsAway_IsAProblemInWords()
    {
        var page = Page<StillPage>();

        Fail(page, 0, Away());

        Assert.Equal("The database cannot be reached.", page.Markup);
    }

    [Fact]
    public async Task Page_LeftWhileItReads_LeavesNoException()
    {
        var page = Page<FollowingPage>();
        var left = page.Instance;
        var reading = page.InvokeAsync(left.LoadAnewAsync);
        Assert.Equal((3, 1), (left.Reads.Count, feed.Watched));

        await DisposeComponentsAsync();
        left.Reads[0].SetException(new OperationCanceledException());
        left.Reads[1].SetException(new ObjectDisposedException("connection"));
        left.Reads[2].SetResult("too late");
        await reading;
        await left.LoadAnewAsync();
        await UntilAsync(() => feed.Watched == 0);

        Assert.Equal(3, left.Reads.Count);
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task Page_ThatFollows_ReadsAnewWhenItBeginsAndWhenRunsChange()
    {
        var page = Page<FollowingPage>();
        Answer(page, 0, "one");
        Answer(page, 1, "two"); // what happened before it followed
        Assert.Equal("two", page.Markup);

        feed.Miss();
        await UntilAsync(() => page.Instance.Reads.Count == 3);
        Answer(page, 2, "three");

        page.WaitForAssertion(() => Assert.Equal("three", page.Markup), EngineHarness.Patience);
        Assert.Equal(["two"], page.Instance.Merged);
    }

    [Fact]
    public async Task Page_ReadForRunsThatHaveChanged_WhileAReadIsUnderWay_IsReadAsAWhole()
    {
        var page = Page<FollowingPage>();
        Answer(page, 1, "one"); // the first is not over
        feed.Miss();

        await UntilAsync(() => page.Instance.Reads.Count == 3);

        Assert.Empty(page.Instance.Merged);
    }

    [Fact]
    public async Task Page_ThatFollowsADatabaseThatGoesAway_KeepsWhatItShowsAndComesAgain()
    {
        var page = Page<FollowingPage>();
        Answer(page, 0, "one");

        Fail(page, 1, Away());
        Assert.Equal("one", page.Markup);

        await UntilAsync(() => page.Instance.Reads.Count == 3);
        Answer(page, 2, "two");
        page.WaitForAssertion(() => Assert.Equal("two", page.Markup), EngineHarness.Patience);
    }

    [Fact]
    public async Task Page_ABugWhileItFollows_IsNotHidden()
    {
        var page = Page<FollowingPage>();
        Answer(page, 0, "one");

        Fail(page, 1, new FormatException());

        Assert.IsType<FormatException>(await Renderer.UnhandledException.WaitAsync(EngineHarness.Patience));
    }

    [Fact]
    public async Task Do_WhatWasDone_IsSaidAndReadAnew()
    {
        var page = Page<StillPage>();
        Answer(page, 0, "off");

        var doing = page.InvokeAsync(() => page.Instance.SwitchAsync(() => Task.FromResult<Result<string>>("done")));
        Answer(page, 1, "on");
        await doing;

        Assert.Equal("on", page.Markup);
        Assert.Equal("It is on", Assert.Single(Toasts).Message);
    }

    [Fact]
    public async Task Do_WhileTheDatabaseIsAway_SaysSoAndKeepsWhatIsShown()
    {
        var page = Page<StillPage>();
        Answer(page, 0, "off");

        await page.InvokeAsync(() => page.Instance.SwitchAsync(() => throw Away()));

        Assert.Equal("off", page.Markup);
        Assert.Equal("The database cannot be reached.", Assert.Single(Toasts).Message);
        Assert.Single(page.Instance.Reads);
    }

    [Fact]
    public async Task Undo_WhenThePageIsLeft_IsDoneAndReadsNothing()
    {
        var page = Page<StillPage>();
        Answer(page, 0, "off");
        var left = page.Instance;
        await DisposeComponentsAsync();
        var done = 0;

        await left.SwitchAsync(() => Task.FromResult<Result<string>>($"{++done}"));

        Assert.Equal((1, 1), (done, left.Reads.Count));
    }

    private IEnumerable<Snackbar> Toasts => Services.GetRequiredService<ISnackbar>().ShownSnackbars;

    private static StoreAwayException Away() => new("The database cannot be reached.", new IOException());

    private async Task UntilAsync(Func<bool> done)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (!done())
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(Following.Pause);
            await Task.Yield();
        }
    }

    private IRenderedComponent<T> Page<T>()
        where T : ScriptedPage
    {
        var session = new StudioSession(
            new Caller { Tenant = new Tenant(Guid.Empty, StudioEnvironment.Live), Name = "Dana", Role = WorkspaceRole.Owner },
            new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", clock));
        return Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session).AddChildContent<T>()).FindComponent<T>();
    }

    private static void Answer<T>(IRenderedComponent<T> page, int read, Result<string> answer)
        where T : ScriptedPage => page.InvokeAsync(() => page.Instance.Reads[read].SetResult(answer));

    private static void Fail<T>(IRenderedComponent<T> page, int read, Exception why)
        where T : ScriptedPage => page.InvokeAsync(() => page.Instance.Reads[read].SetException(why));

    /// <summary>A page whose reads are answered when a test says so.</summary>
    private abstract class ScriptedPage : LivePage<string>
    {
        public List<TaskCompletionSource<Result<string>>> Reads { get; } = [];

        public List<string> Merged { get; } = [];

        public Task LoadAnewAsync() => LoadAsync();

        public Task SwitchAsync(Func<Task<Result<string>>> operation) => DoAsync(operation, "It is on");

        protected override Task<Result<string>> ReadAsync()
        {
            Reads.Add(new TaskCompletionSource<Result<string>>());
            return Reads[^1].Task;
        }

        protected override Task<Result<string>> ReadChangesAsync(string shown, IReadOnlySet<Guid>? changed)
        {
            Merged.Add(shown);
            return ReadAsync();
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Problem ?? Facts ?? "reading");
    }

    private sealed class StillPage : ScriptedPage
    {
        protected override TimeSpan? Follows => null;
    }

    private sealed class FollowingPage : ScriptedPage;
}
