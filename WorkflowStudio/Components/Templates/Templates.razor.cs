using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Templates;

namespace WorkflowStudio.Components.Templates;

/// <summary>The gallery: find a template by category and words, and make a draft of it.</summary>
public sealed partial class Templates
{
    private readonly OneClick makes = new();
    private bool making;

    [Inject]
    private ReadTemplates Gallery { get; set; } = null!;

    [Inject]
    private UseTemplate Using { get; set; } = null!;

    // it changes with the studio alone
    protected override TimeSpan? Follows => null;

    private bool MayManage => Session.May(Permission.ManageWorkflows);

    protected override Task<Result<TemplateList>> ReadAsync() =>
        Task.FromResult(Gallery.List(Session.Caller, Query.Category, Query.Text));

    private static string Steps(WorkflowTemplate template) =>
        template.Definition.Nodes.Count == 1 ? "1 step" : $"{template.Definition.Nodes.Count} steps";

    private static string Needs(WorkflowTemplate template) =>
        template.Needs.Count == 0 ? "Needs no connection" : $"Needs {string.Join(", ", template.Needs.Select(n => n.Title))}";

    private static string? Why(WorkflowTemplate template) =>
        template.Needs.Count == 0 ? null : string.Join('\n', template.Needs.Select(n => n.Why));

    private Task Use(WorkflowTemplate template) => makes.RunAsync(async () =>
    {
        making = true;
        var made = await StoreAway.TryAsync(() => Using.RunAsync(Session.Caller, template.Id, null, Closing));
        if (made.Ok) Navigation.NavigateTo(StudioUrls.Editor(made.Value.Id));
        else Toasts.Failed(made.Problem.Message);
        making = false;
    });
}
