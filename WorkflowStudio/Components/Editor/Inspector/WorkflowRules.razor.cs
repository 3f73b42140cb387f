using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector;

/// <summary>What holds for the whole workflow. Everything is optional.</summary>
public sealed partial class WorkflowRules
{
    private static readonly (string Name, TimeSpan Length)[] Units = [("minutes", TimeSpan.FromMinutes(1)),
        ("hours", TimeSpan.FromHours(1)), ("days", TimeSpan.FromDays(1))];

    private static readonly SchemaField Variables = new()
    {
        Name = "variables", Title = "Variables", Kind = FieldKind.Map, Items = FieldKind.Any, Max = 200,
        Description = "Values that every step knows as $vars.name.",
    };

    private static readonly SchemaField ErrorWorkflow = new()
    {
        Name = "error_workflow", Title = "When a run fails, start", Kind = FieldKind.Text, Names = WorkflowSurroundings.Workflow,
        Description = "Another workflow. It is told which run failed and why.",
    };

    private (string Name, TimeSpan Length)? chosen;

    [Parameter, EditorRequired]
    public EditorDocument Document { get; set; } = null!;

    /// <summary>Something was changed.</summary>
    [Parameter]
    public EventCallback<EditOutcome> OnEdit { get; set; }

    private SettingContext Context => new SettingContext
    { StepId = "workflow", Expressions = false, Outside = OutsideChoices.Of(Document), Typed = Typed }.WithUnread(Document, "", OnEdit);

    /// <summary>Texts that are typed and not reported yet.</summary>
    [Parameter]
    public TypedTexts Typed { get; set; } = new();

    private WorkflowSettings Settings => Document.Definition.Settings;

    private (string Name, TimeSpan Length) Unit =>
        Settings.Timeout is { } timeout ? Units.Last(u => u.Name == "minutes" || timeout.Ticks % u.Length.Ticks == 0) : chosen ?? Units[1];

    private string? Amount =>
        Settings.Timeout is { } timeout ? (timeout / Unit.Length).ToString("0.###", CultureInfo.InvariantCulture) : null;

    private static string? Text(ChangeEventArgs args) => args.Value?.ToString()?.Trim() is { Length: > 0 } text ? text : null;

    private static string? Shown(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private Task Change(Func<WorkflowSettings, WorkflowSettings> change, string field) =>
        OnEdit.InvokeAsync(Document.ChangeSettings(change, field));

    private Task ChangeTimeout(double? amount, (string Name, TimeSpan Length) unit)
    {
        chosen = unit;
        return Change(s => s with { Timeout = amount is not null ? unit.Length * amount.Value : null }, "timeout");
    }

    private Task ChangeMax(double? most) =>
        Change(s => s with
        {
            Concurrency =
                (int?)most is { } max ? (s.Concurrency ?? new ConcurrencyRule(max, BeyondConcurrency.Queue)) with { Max = max } : null,
        }, "concurrency");

    private Task ChangeExit(Func<ExitConditions, ExitConditions> change) =>
        Change(s => s with
        {
            Exit = change(s.Exit ?? new ExitConditions(null, null)) is var exit && exit is { MaxMessages: null, TimeoutDays: null }
                ? null
                : exit,
        }, "exit");
}
