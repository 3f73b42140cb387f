using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Components.People;

/// <summary>The roles of a member, or of somebody who becomes one.</summary>
public sealed partial class MemberDialog
{
    private readonly HashSet<Guid> chosen = [];
    private readonly Dictionary<string, string> problems = [];
    private string email = "";
    private bool saving;
    private NewInvitation? invited;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The member; null for a new one.</summary>
    [Parameter]
    public MemberFacts? Member { get; set; }

    /// <summary>The roles that there are.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<RoleFacts> Roles { get; set; } = [];

    /// <summary>Stores it: the address of a new member, and the roles.</summary>
    [Parameter]
    public Func<string, IReadOnlyList<Guid>, Task<Result<Guid>>> Save { get; set; } = null!;

    /// <summary>Invites somebody in the place of <see cref="Save"/>, and shows the link.</summary>
    [Parameter]
    public Func<string, IReadOnlyList<Guid>, Task<Result<NewInvitation>>>? Invite { get; set; }

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    private string Until => Session.Format.DateTime(invited!.Invitation.Until);

    protected override void OnInitialized() => chosen.UnionWith(Member?.Roles.Select(r => r.Id) ?? []);

    private string? Said(string field) => problems.GetValueOrDefault(field);

    private string? Invalid(string field) => problems.ContainsKey(field) ? "true" : null;

    private void Choose(Guid role, bool isChosen)
    {
        if (isChosen) chosen.Add(role);
        else chosen.Remove(role);
        problems.Remove("roles");
    }

    private async Task SaveAsync()
    {
        if (saving) return;
        problems.Clear();
        if (Member is null && string.IsNullOrWhiteSpace(email)) problems["email"] = "The address is missing.";
        if (chosen.Count == 0) problems["roles"] = "A member needs at least one role.";
        if (problems.Count > 0) return;
        saving = true;
        if (Invite is not null) Take(await Invite(email, [.. chosen]), made => invited = made);
        else Take(await Save(email, [.. chosen]), id => Dialog.Close(DialogResult.Ok(id)));
        saving = false;
    }

    private void Take<T>(Result<T> came, Action<T> done)
    {
        if (came.Ok) done(came.Value);
        else if (came.Problem is OperationProblem.Invalid { Problems: [{ Path: "email" or "roles" } problem, ..] })
            problems[problem.Path] = problem.Message;
        else problems[""] = came.Problem.Message;
    }

    /// <summary>The answer of whoever wants the member removed.</summary>
    internal sealed record Remove;

    /// <summary>The answer of whoever wants a link for a new password of the member.</summary>
    internal sealed record Reset;
}
