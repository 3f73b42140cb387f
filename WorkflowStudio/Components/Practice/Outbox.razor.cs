using Microsoft.AspNetCore.Components;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>The messages of the environment, and the chosen one as its reader sees it.</summary>
public sealed partial class Outbox
{
    [Inject]
    private ReadOutbox Messages { get; set; } = null!;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var read = await Messages.PageAsync(Session.Caller, Query.Only(), Query.Before, Closing);
        if (!read.Ok) return read.Problem;
        var messages = read.Value.Items;
        return new Shown(read.Value, messages.FirstOrDefault(m => m.Id == Query.Message) ?? (messages is [var newest, ..] ? newest : null));
    }

    /// <summary>What the page shows: a page of messages, and the one that is open.</summary>
    public sealed record Shown(ListPage<OutboxMessage> List, OutboxMessage? Chosen);
}
