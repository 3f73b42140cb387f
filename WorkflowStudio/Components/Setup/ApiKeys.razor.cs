using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Keys;

namespace WorkflowStudio.Components.Setup;

/// <summary>The keys by which other programs use the API: made, shown once, and revoked.</summary>
public sealed partial class ApiKeys
{
    private bool all;

    [Inject]
    private ListKeys Listing { get; set; } = null!;

    [Inject]
    private CreateKey Creating { get; set; } = null!;

    [Inject]
    private RevokeKey Revoking { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var keys = await Listing.RunAsync(Session.Caller, Closing);
        return keys.Ok ? new Shown(keys.Value, [.. keys.Value.Where(Is)]) : keys.Problem;
    }

    // whether it still opens anything
    private bool Is(KeyFacts key) => key.RevokedAt is null && !(key.ExpiresAt <= Clock.GetUtcNow());

    private string Until(KeyFacts key) => key switch
    {
        { RevokedAt: { } at } => $"Revoked {Session.Format.Date(at)}",
        { ExpiresAt: { } at } when !Is(key) => $"Expired {Session.Format.Date(at)}",
        { ExpiresAt: { } at } => Session.Format.Date(at),
        _ => "It is revoked",
    };

    private static string May(KeyFacts key) =>
        key.Scopes.Count == Scopes.All.Count ? "Everything a key may" : string.Join(", ", key.Scopes.Select(KeyWords.Short));

    private async Task AddAsync()
    {
        await Dialogs.OpenAsync<KeyDialog>("Make a key", DialogShape.Form, new()
        {
            [nameof(KeyDialog.Session)] = Session,
            [nameof(KeyDialog.Make)] = (Func<KeyWish, Task<Result<NewKey>>>)(wish =>
                StoreAway.TryAsync(() => Creating.RunAsync(Session.Caller, wish, Closing))),
        });
        if (!Closing.IsCancellationRequested) await LoadAsync();
    }

    private async Task RevokeAsync(KeyFacts key)
    {
        if (await Confirm.AskAsync(Dialogs, $"Revoke “{key.Name}”?",
            "Programs that use it are refused at once, on every node. This cannot be undone: they need another key.",
            "Keep it", "Revoke it"))
            await DoAsync(() => Revoking.RunAsync(Session.Caller, key.Id, Closing), $"{key.Name} is revoked");
    }

    /// <summary>What the page shows.</summary>
    /// <param name="All">Every key, the newest first.</param>
    /// <param name="Held">Those that open something.</param>
    public sealed record Shown(IReadOnlyList<KeyFacts> All, IReadOnlyList<KeyFacts> Held);
}
