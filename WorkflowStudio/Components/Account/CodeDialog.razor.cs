using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Account;

/// <summary>Turns the code from an app on or off, or makes recovery codes, and shows those this once. One of the three is given.</summary>
public sealed partial class CodeDialog
{
    private readonly Dictionary<string, string> problems = [];
    private readonly string key = Totp.NewKey();
    private string code = "";
    private string password = "";
    private bool sending;
    private IReadOnlyList<string>? codes;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Whose account it is, as the app shows it.</summary>
    [Parameter]
    public string Email { get; set; } = "";

    /// <summary>Turns it on with a key, the app's code and the password; answers the recovery codes.</summary>
    [Parameter]
    public Func<string, string, string, Task<Result<IReadOnlyList<string>>>>? TurnOn { get; set; }

    /// <summary>Makes recovery codes, with the password.</summary>
    [Parameter]
    public Func<string, Task<Result<IReadOnlyList<string>>>>? Renew { get; set; }

    /// <summary>Turns it off, with the password.</summary>
    [Parameter]
    public Func<string, Task<Result<bool>>>? TurnOff { get; set; }

    // in fours, as people type
    private string Spaced => string.Join(' ', key.Chunk(4).Select(c => new string(c)));

    private string? Said(string field) => problems.GetValueOrDefault(field);

    private string? Invalid(string field) => problems.ContainsKey(field) ? "true" : null;

    private async Task SendAsync()
    {
        if (sending) return;
        problems.Clear();
        if (TurnOn is not null && string.IsNullOrWhiteSpace(code)) problems["code"] = "The code is missing.";
        if (password.Length == 0) problems["password"] = "The password is missing.";
        if (problems.Count > 0) return;
        sending = true;
        if (TurnOff is not null) Take(await TurnOff(password), _ => Dialog.Close());
        else Take(await (TurnOn is null ? Renew!(password) : TurnOn(key, code, password)), made => codes = made);
        (sending, password) = (false, "");
    }

    private void Take<T>(Result<T> came, Action<T> done)
    {
        if (came.Ok) done(came.Value);
        else if (came.Problem is OperationProblem.Invalid { Problems: [{ Path: "code" or "password" } problem, ..] })
            problems[problem.Path] = problem.Message;
        else problems[""] = came.Problem.Message;
    }
}
