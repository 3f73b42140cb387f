using WorkflowStudio.Components.Shared.Browser;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Editor.Values;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Editing;

namespace WorkflowStudio.Components.Editor.Inspector;

/// <summary>The settings of the selected step, as a form made from its type's schema, and what happens when it fails.</summary>
public sealed partial class StepInspector
{
    /// <summary>The id of the field of the step's name.</summary>
    internal const string NameField = "step-name";

    private static readonly string[] Tabs = ["Settings", "On error", "Input, output"];

    private int tab;
    private bool renaming;
    private bool focusName;
    private ElementReference nameField;
    private string shownId = "";
    private StepForm? form;

    [Inject]
    private NodeCatalog Catalog { get; set; } = null!;

    [Inject]
    private BrowserStore Browser { get; set; } = null!;

    [Parameter, EditorRequired]
    public EditorDocument Document { get; set; } = null!;

    [Parameter, EditorRequired]
    public WorkflowNode Node { get; set; } = null!;

    /// <summary>The last run; null before the first.</summary>
    [Parameter]
    public RunSample? Sample { get; set; }

    /// <summary>Something was changed: the canvas has to hear of it.</summary>
    [Parameter]
    public EventCallback<EditOutcome> OnEdit { get; set; }

    [Parameter]
    public EventCallback OnDelete { get; set; }

    [Parameter]
    public EventCallback OnToggle { get; set; }

    /// <summary>Whether an output stands for the step in tests.</summary>
    [Parameter]
    public bool IsPinned { get; set; }

    [Parameter]
    public EventCallback OnPin { get; set; }

    [Parameter]
    public EventCallback OnTest { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>Texts that are typed and not reported yet.</summary>
    [Parameter]
    public TypedTexts Typed { get; set; } = new();

    private StepForm? Form => form;

    private string Title => Node.Name.Length > 0 ? Node.Name : Form?.Title ?? Node.Type;

    private string Group => (Form?.Group ?? NodeGroup.Flow).ToString().ToLowerInvariant();

    private SettingContext Context { get; set; } = SettingContext.None;

    /// <summary>Lets the name be written: the key F2.</summary>
    public void StartRenaming()
    {
        (renaming, focusName) = (true, true);
        StateHasChanged();
    }

    /// <summary>Shows a part of the settings, from 0.</summary>
    public void ShowTab(int index)
    {
        tab = Math.Clamp(index, 0, Tabs.Length - 1);
        StateHasChanged();
    }

    protected override void OnParametersSet()
    {
        if (shownId != Node.Id) (shownId, renaming) = (Node.Id, false);
        form = Catalog.Form(Node.Type);
        Context = new SettingContext
        {
            StepId = Node.Id,
            Sms = Node.Type.EndsWith("_sms", StringComparison.Ordinal),
            Values = KnownValues.Of(Document.Definition, Catalog, Node.Id, Sample),
            Sample = Sample,
            Outside = OutsideChoices.Of(Document),
            Problems = [.. Document.Problems.Where(p => p.StepId == Node.Id)],
            FixOf = Document.FixOf,
            OnFix = EventCallback.Factory.Create<StepProblem>(this, problem => OnEdit.InvokeAsync(Document.Fix(problem))),
            Example = form?.Example ?? default,
            Typed = Typed,
        }.WithUnread(Document, Node.Id, OnEdit);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focusName) return;
        focusName = false;
        await Browser.SelectTextAsync(nameField);
    }

    // problems of settings that no field shows: names the schema does not know
    private bool Elsewhere(StepProblem problem) =>
        problem.Setting is { } setting && Form!.Settings.Field(setting.Split('.', '[', '#')[0]) is null
        && !setting.StartsWith("rules-", StringComparison.Ordinal);

    private Task ChangeConfig(JsonElement config) => OnEdit.InvokeAsync(Document.ChangeConfig(Node.Id, config, "config"));

    private Task ChangeRules(Func<WorkflowNode, WorkflowNode> change) =>
        OnEdit.InvokeAsync(Document.Change(Node.Id, "Change what happens on errors", change, "rules"));

    private async Task Rename(ChangeEventArgs args)
    {
        renaming = false;
        var name = args.Value?.ToString() ?? "";
        if (name.Trim() != Node.Name) await OnEdit.InvokeAsync(Document.Rename(Node.Id, name));
        Document.Seal();
    }
}
