using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Components.People;

/// <summary>A role of the workspace's own: its name, and what it allows.</summary>
public sealed partial class RoleDialog
{
    private readonly HashSet<Permission> chosen = [];
    private readonly Dictionary<string, string> problems = [];
    private string name = "";
    private bool saving;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The role; null for a new one.</summary>
    [Parameter]
    public RoleFacts? Role { get; set; }

    /// <summary>Stores it.</summary>
    [Parameter, EditorRequired]
    public Func<string, Permissions, Task<Result<RoleFacts>>> Save { get; set; } = null!;

    protected override void OnInitialized()
    {
        name = Role?.Name ?? "";
        chosen.UnionWith(Role?.Permissions.Each ?? []);
    }

    private string? Said(string field) => problems.GetValueOrDefault(field);

    private string? Invalid(string field) => problems.ContainsKey(field) ? "true" : null;

    private void Choose(Permission permission, bool isChosen)
    {
        if (isChosen) chosen.Add(permission);
        else chosen.Remove(permission);
        problems.Remove("permissions");
    }

    private async Task SaveAsync()
    {
        if (saving) return;
        problems.Clear();
        if (chosen.Count == 0)
        {
            problems["permissions"] = "A role that allows nothing is of no use. Choose something.";
            return;
        }

        saving = true;
        var came = await Save(name, Permissions.Of(chosen));
        saving = false;
        if (came.Ok) Dialog.Close(DialogResult.Ok(came.Value));
        else if (came.Problem is OperationProblem.Invalid { Problems: [{ Path: "name" or "permissions" } problem, ..] })
            problems[problem.Path] = problem.Message;
        else problems[came.Problem.Code == "role_exists" ? "name" : ""] = came.Problem.Message;
    }

    /// <summary>The answer of whoever wants the role removed.</summary>
    internal sealed record Remove;
}
