using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>The messages of the environment, and the chosen one as its reader sees it.</summary>
public sealed partial class Outbox
{
    private readonly OneClick once = new();

    [Inject]
    private ReadOutbox Messages { get; set; } = null!;

    [Inject]
    private DecideMessage Deciding { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var read = await Messages.PageAsync(Session.Caller, Query.Only(), Query.Before, Closing);
        if (!read.Ok) return read.Problem;
        var messages = read.Value.Items;
        if ((Query.Message ?? (messages is [var newest, ..] ? newest.Id : null)) is not { } id) return new Shown(read.Value, null);
        // with its HTML, and from wherever a link leads to it
        var chosen = await Messages.FindAsync(Session.Caller, id, Closing);
        return new Shown(read.Value, chosen.Value);
    }

    private Task ArrivedAsync(OutboxMessage message) =>
        once.RunAsync(() => DoAsync(
            () => Deciding.SettleAsync(Session.Caller, message.Id, arrived: true, Closing), "Noted that it went out"));

    private Task GiveUpAsync(OutboxMessage message) =>
        once.RunAsync(() => DoAsync(() => Deciding.SettleAsync(Session.Caller, message.Id, arrived: false, Closing), "It is not sent"));

    private async Task ResendAsync(OutboxMessage message)
    {
        if (message.Status == MessageStatus.Unknown && !await Confirm.AskAsync(
            Dialogs, $"Send it to {message.To} again?", "If it went out after all, it arrives twice. Ask whoever was to get it first.",
            "Do not send", "Send again")) return;
        await once.RunAsync(() => DoAsync(() => Deciding.ResendAsync(Session.Caller, message.Id, Closing), "Sent"));
    }

    /// <summary>What the page shows: a page of messages, and the one that is open.</summary>
    public sealed record Shown(ListPage<OutboxMessage> List, OutboxMessage? Chosen);
}
