using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Keys;

namespace WorkflowStudio.Components.Setup;

/// <summary>Makes a key, and shows it this once.</summary>
public sealed partial class KeyDialog
{
    private static readonly string[] Fields = ["name", "scopes", "networks", "expires_at"];

    private readonly HashSet<string> scopes = [];
    private readonly Dictionary<string, string> problems = [];
    private string name = "";
    private StudioEnvironment environment;
    private int days = 365;
    private string networks = "";
    private bool making;
    private NewKey? made;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    /// <summary>Makes it.</summary>
    [Parameter, EditorRequired]
    public Func<KeyWish, Task<Result<NewKey>>> Make { get; set; } = null!;

    private string Curl =>
        $"curl -H \"Authorization: Bearer {made!.Key}\" {Navigation.BaseUri}api/v1/{(made.Facts.Scopes.Contains(
            "service.workflows.workflows.view") ? "workflows" : "contacts")}";

    protected override void OnInitialized() => environment = Session.Caller.Tenant.Environment;

    private string? Said(string field) => problems.GetValueOrDefault(field);

    private string? Invalid(string field) => problems.ContainsKey(field) ? "true" : null;

    private void Choose(string scope, bool chosen)
    {
        if (chosen) scopes.Add(scope);
        else scopes.Remove(scope);
        problems.Remove("scopes");
    }

    private async Task MakeAsync()
    {
        if (making) return;
        problems.Clear();
        making = true;
        var came = await Make(new KeyWish(environment, name, [.. Scopes.All.Where(scopes.Contains)])
        {
            ExpiresAt = days == 0 ? null : Clock.GetUtcNow().AddDays(days),
            Networks = networks.Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        });
        making = false;
        if (came.Ok) made = came.Value;
        else if (came.Problem is OperationProblem.Invalid { Problems: [var problem, ..] })
            problems[Fields.Contains(problem.Path) ? problem.Path : ""] = problem.Message;
        else problems[""] = came.Problem.Message;
    }
}
