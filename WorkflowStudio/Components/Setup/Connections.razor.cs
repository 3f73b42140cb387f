using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Connections;

namespace WorkflowStudio.Components.Setup;

/// <summary>The accounts elsewhere that the workspace has connected: added, tried, changed and removed.</summary>
public sealed partial class Connections
{
    private ConnectionFacts? trying;
    private IDialogReference? sheet;

    [Inject]
    private ReadConnections Reading { get; set; } = null!;

    [Inject]
    private SetConnection Setting { get; set; } = null!;

    [Inject]
    private TryConnection Trying { get; set; } = null!;

    [Inject]
    private RemoveConnection Removing { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var all = await Reading.ListAsync(Session.Caller, Closing);
        // a kind that a newer version of the studio knows cannot be shown
        return all.Ok ? new Shown([.. all.Value.Where(c => Reading.Kinds.Any(k => k.Name == c.Kind))]) : all.Problem;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        sheet?.Close();
    }

    private static string Where(ConnectionFacts c) => c.Settings.TryGetProperty("endpoint", out var at) ? at.GetString() ?? "" : "";

    // of a kind of which there is one, the name says it
    private string Detail(ConnectionFacts c) => string.Join(", ", ((string?[])
    [
        Kind(c).IsNamed ? Kind(c).Title : null,
        .. new[] { "from", "model" }.Select(f => c.Settings.TryGetProperty(f, out var value) ? value.GetString() : null),
        c.Environment == StudioEnvironment.Test ? "for tests" : null,
    ]).Where(t => t is { Length: > 0 }));

    private ConnectionKind Kind(ConnectionFacts c) => Reading.Kinds.First(k => k.Name == c.Kind);

    private bool CanTry(ConnectionFacts c) => Kind(c).CanTry && c.Environment == StudioEnvironment.Live;

    private Task AddAsync() => ShowAsync(null);

    private Task OpenAsync(ConnectionFacts c) => ShowAsync(c);

    private async Task ShowAsync(ConnectionFacts? stored)
    {
        var parameters = new DialogParameters
        {
            [nameof(ConnectionDialog.Session)] = Session, [nameof(ConnectionDialog.Stored)] = stored,
            [nameof(ConnectionDialog.Kinds)] = Reading.Kinds,
            [nameof(ConnectionDialog.Save)] = (Func<Caller, Connection, SecretChange, Task<Result<ConnectionFacts>>>)SaveAsync,
            [nameof(ConnectionDialog.Try)] = (Func<Caller, Connection, SecretChange, Task<Result<string>>>)((caller, wish, secret) =>
                StoreAway.TryAsync(() => Trying.RunAsync(caller, wish, secret, Closing))),
            [nameof(ConnectionDialog.Uses)] = (Func<Caller, ConnectionFacts, Task<Result<IReadOnlyList<WorkflowName>>>>)((caller, c) =>
                StoreAway.TryAsync(() => Reading.UsesAsync(caller, c.Kind, c.Name, Closing))),
        };
        sheet = await Dialogs.ShowAsync<ConnectionDialog>(
            stored is null ? "Add a connection" : $"{stored.Name}", parameters, DialogShape.Form);
        var answer = (await sheet.Result)?.Data;
        sheet = null;
        if (stored is not null && answer is ConnectionDialog.Remove) await RemoveAsync(stored);
    }

    // what is wrong with a field is said at the field
    private async Task<Result<ConnectionFacts>> SaveAsync(Caller caller, Connection wish, SecretChange secret)
    {
        var came = await StoreAway.TryAsync(() => Setting.RunAsync(caller, wish, secret, Closing));
        if (came.Problem is OperationProblem.Invalid or StoreAway) return came;
        Toasts.Tell(came.Problem, $"{wish.Name.Trim()} is connected");
        await LoadAsync();
        return came;
    }

    private async Task RemoveAsync(ConnectionFacts c)
    {
        if (await Confirm.AskAsync(Dialogs, $"Remove “{c.Name}”?",
            "Its secret is deleted and has to be entered again. Steps that need the connection fail from then on.",
            "Keep it", "Remove the connection"))
            await DoAsync(
                () => Removing.RunAsync(Session.Caller.In(c.Environment), c.Kind, c.Name, Closing), $"Removed {c.Name}");
    }

    private async Task TryAsync(ConnectionFacts c)
    {
        if (trying is not null) return;
        trying = c;
        var said = await StoreAway.TryAsync(() => Trying.RunAsync(
            Session.Caller.In(c.Environment), c.Kind, c.Name, Closing));
        trying = null;
        if (!Closing.IsCancellationRequested) Toasts.Tell(said.Problem, said.Value ?? "");
    }

    /// <summary>What the page shows.</summary>
    public sealed record Shown(IReadOnlyList<ConnectionFacts> All);
}
