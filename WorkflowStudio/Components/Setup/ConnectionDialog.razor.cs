using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Components.Setup;

/// <summary>
/// A connection to be made or changed: first its kind, then what that asks for. It can be tried before it is stored. What was written stays
/// until it is stored, or somebody closes it; the stored secret never comes here.
/// </summary>
public sealed partial class ConnectionDialog
{
    private const string Form = "connection-form";

    private readonly Dictionary<string, string> problems = [];
    private Dictionary<string, string> texts = [];
    private ConnectionKind? kind;
    private StudioEnvironment environment = StudioEnvironment.Live;
    private string name = "";
    private string secret = "";
    private string second = "";
    private bool shown;
    private bool dropped;
    private bool both;
    private bool saving;
    private bool trying;
    private Outcome? told;
    private IReadOnlyList<WorkflowName>? uses;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    /// <summary>The connection; null for a new one.</summary>
    [Parameter]
    public ConnectionFacts? Stored { get; set; }

    /// <summary>What can be connected.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ConnectionKind> Kinds { get; set; } = [];

    /// <summary>Stores it.</summary>
    [Parameter, EditorRequired]
    public Func<Caller, Connection, SecretChange, Task<Result<ConnectionFacts>>> Save { get; set; } = null!;

    /// <summary>Tries it.</summary>
    [Parameter, EditorRequired]
    public Func<Caller, Connection, SecretChange, Task<Result<string>>> Try { get; set; } = null!;

    /// <summary>The workflows that use a connection.</summary>
    [Parameter, EditorRequired]
    public Func<Caller, ConnectionFacts, Task<Result<IReadOnlyList<WorkflowName>>>> Uses { get; set; } = null!;

    private bool IsBusy => saving || trying;

    private Connection Wish => new(kind!.Name, kind.IsNamed ? name : kind.Title, JsonSerializer.SerializeToElement(texts),
        kind.Second is null ? secret : $"{secret}\n{second}");

    private SecretChange Change => dropped || Stored is not { HasSecret: true } ? SecretChange.Replace
        : both && secret.Trim().Length > 0 ? SecretChange.Add
        : SecretChange.Keep;

    private string SecretLabel =>
        kind!.Secret.Labels.FirstOrDefault(l => Text(l.Field) == l.Value).Label ?? kind.Secret.Label;

    protected override async Task OnInitializedAsync()
    {
        if (Stored is null) return;
        (kind, name, environment) = (Kinds.First(k => k.Name == Stored.Kind), Stored.Name, Stored.Environment);
        texts = Stored.Settings.EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetString() ?? "");
        var found = await Uses(Session.Caller.In(environment), Stored);
        uses = found.Value;
    }

    private void Choose(ConnectionKind? chosen)
    {
        (kind, texts, secret, told, environment) = (chosen, [], "", null, StudioEnvironment.Live);
        second = "";
        problems.Clear();
    }

    private string Text(string field) => texts.TryGetValue(field, out var text) && text.Length > 0 ? text
        : kind!.Fields.First(f => f.Name == field).Choices is [var preset, ..] ? preset.Value : "";

    private string? Invalid(string field) => problems.ContainsKey(field) ? "true" : null;

    private void MakeUp()
    {
        secret = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        shown = true;
    }

    private async Task SaveAsync()
    {
        if (IsBusy) return;
        (saving, told) = (true, null);
        var came = await Save(Session.Caller.In(environment), Wish, Change);
        saving = false;
        if (came.Ok) Dialog.Close(DialogResult.Ok(true));
        else Mark(came.Problem);
    }

    private async Task TryAsync()
    {
        if (IsBusy) return;
        (trying, told) = (true, null);
        StateHasChanged();
        var came = await Try(Session.Caller.In(environment), Wish, Change);
        trying = false;
        Mark(came.Problem);
        if (came.Ok) told = new Outcome(true, came.Value);
    }

    private void Mark(OperationProblem? problem)
    {
        problems.Clear();
        if (problem is OperationProblem.Invalid invalid)
            foreach (var wrong in invalid.Problems) problems.TryAdd(wrong.Path, wrong.Message);
        else if (problem is not null) told = new Outcome(false, problem.Message);
    }

    /// <summary>The answer of a dialog whose connection is to be removed.</summary>
    public sealed record Remove;

    private sealed record Outcome(bool Ok, string Words);
}
