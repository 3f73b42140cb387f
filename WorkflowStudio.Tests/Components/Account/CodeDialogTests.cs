using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using WorkflowStudio.Components.Account;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Account;

/// <summary>The dialog of the code from an app.</summary>
public sealed class CodeDialogTests : MudContext
{
    private readonly List<(string Key, string Code, string Password)> sent = [];
    private Result<IReadOnlyList<string>> answer = new List<string> { "AAAAA-BBBBB", "CCCCC-DDDDD" };

    [Fact]
    public async Task TurningOn_ShowsKeyAndPicture_AndTheCodesOnce()
    {
        var dialog = await OpenAsync();
        var key = dialog.Find(".typed code").TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.Matches("^[A-Z2-7]{32}$", key);
        Assert.StartsWith("M", dialog.Find("svg.qr path").GetAttribute("d"), StringComparison.Ordinal);
        await dialog.Find("form").SubmitAsync();
        Assert.Equal(["The code is missing.", "The password is missing."], Said(dialog));
        Assert.Empty(sent);

        await FillAsync(dialog);
        Assert.Equal((key, "123456", "pw"), Assert.Single(sent));
        Assert.Equal("AAAAA-BBBBB\nCCCCC-DDDDD", dialog.Find(".once code").TextContent);
        Assert.DoesNotContain(key, dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_IsSaidAtItsField_AndTheKeyStays()
    {
        answer = new OperationProblem.Invalid("No.", [WorkflowProblem.Error("wrong-code", "code", null, "<b>No</b>")]);
        var dialog = await OpenAsync();
        var key = dialog.Find(".typed code").TextContent;
        await FillAsync(dialog);
        Assert.Equal(["<b>No</b>"], Said(dialog));
        Assert.Equal(("true", key), (dialog.Find("#code-code").GetAttribute("aria-invalid"), dialog.Find(".typed code").TextContent));
        answer = new OperationProblem.Conflict("account_changed", "Changed.");
        await FillAsync(dialog);
        Assert.Equal(["Changed."], Said(dialog));
    }

    private static IEnumerable<string> Said(IRenderedComponent<MudDialogProvider> dialog) =>
        dialog.FindAll(".set-problem span:last-child").Select(p => p.TextContent);

    private static async Task FillAsync(IRenderedComponent<MudDialogProvider> dialog)
    {
        await dialog.Find("#code-code").ChangeAsync("123456");
        await dialog.Find("#code-password").ChangeAsync("pw");
        await dialog.Find("form").SubmitAsync();
    }

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync()
    {
        Services.AddScoped<BrowserStore>();
        var provider = Render<MudDialogProvider>();
        await provider.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<CodeDialog>("Turn on", new DialogParameters
        {
            [nameof(CodeDialog.Email)] = "a@b.test",
            [nameof(CodeDialog.TurnOn)] = (Func<string, string, string, Task<Result<IReadOnlyList<string>>>>)((key, code, password) =>
            {
                sent.Add((key, code, password));
                return Task.FromResult(answer);
            }),
        }, DialogShape.Form));
        return provider;
    }
}
