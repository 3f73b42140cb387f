using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Account;

/// <summary>A person's own account: name, password, the code from an app, and where they are signed in.</summary>
public sealed partial class AccountPage
{
    private ClaimsPrincipal person = new();

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private OwnAccount Own { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        person = (await Authentication).User;
        var account = await Own.ReadAsync(person, Closing);
        return account.Ok ? new Shown(account.Value) : account.Problem;
    }

    private static string From(SessionFacts session) =>
        session.Place.Address.Length > 0 ? $"from {session.Place.Address}" : "from an unknown address";

    private Task EndAsync(SessionFacts session) =>
        DoAsync(() => Own.EndSessionAsync(person, session.Id), $"Signed out {session.Place.Browser}");

    private async Task EndOthersAsync()
    {
        if (await Confirm.AskAsync(Dialogs, "Sign out everywhere else?",
            "All your other sessions end, and pages that are open in them. This one goes on.", "Keep them", "Sign out"))
            await DoAsync(() => Own.EndOthersAsync(person), "Signed out everywhere else");
    }

    private Task TurnOnAsync() => OpenAsync("Turn on the code from an app", new()
    {
        [nameof(CodeDialog.Email)] = Facts?.Account.Email,
        [nameof(CodeDialog.TurnOn)] = (Func<string, string, string, Task<Result<IReadOnlyList<string>>>>)((key, code, password) =>
            StoreAway.TryAsync(() => Own.TurnOnAsync(person, key, code, password))),
    });

    private Task RenewCodesAsync() => OpenAsync("Make new recovery codes", new()
    {
        [nameof(CodeDialog.Renew)] = (Func<string, Task<Result<IReadOnlyList<string>>>>)(password =>
            StoreAway.TryAsync(() => Own.RenewCodesAsync(person, password))),
    });

    private Task TurnOffAsync() => OpenAsync("Turn off the code from an app", new()
    {
        [nameof(CodeDialog.TurnOff)] = (Func<string, Task<Result<bool>>>)(password =>
            StoreAway.TryAsync(() => Own.TurnOffAsync(person, password))),
    });

    private async Task OpenAsync(string title, DialogParameters parameters)
    {
        await Dialogs.OpenAsync<CodeDialog>(title, DialogShape.Form, parameters);
        if (!Closing.IsCancellationRequested) await LoadAsync();
    }

    /// <summary>What the page shows.</summary>
    public sealed record Shown
    {
        internal Shown(AccountFacts account) => Account = account;

        internal AccountFacts Account { get; }
    }
}
