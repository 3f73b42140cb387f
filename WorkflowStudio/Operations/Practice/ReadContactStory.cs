using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>All that there was with a contact: runs, appointments, invoices, messages.</summary>
public sealed class ReadContactStory(
    IContacts contacts, IEnumerable<IContactStory> stories, OptOuts optOuts, NumberedRunQueries runs, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

    private const int Longest = 50;

    /// <summary>The newest 50, and whether the contact gets SMS and e-mail.</summary>
    public async Task<Result<ContactStory>> RunAsync(Caller caller, Guid contactId, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (await contacts.FindAsync(caller.Tenant, contactId, cancellationToken) is not { } contact)
            return new OperationProblem.NotFound("contact");
        var seen = await access.SeenAsync(caller, cancellationToken);
        var lines = new List<StoryLine>();
        foreach (var story in stories) lines.AddRange(await story.OfAsync(seen, contact, Longest, cancellationToken));
        if (caller.Refuse(Permission.ViewRuns) is null)
        {
            var (rows, _) = await runs.PageAsync(seen, new NumberedRunFilter { ContactId = contactId }, 0, Longest, cancellationToken);
            lines.AddRange(rows.Select(
                r => new StoryLine(r.CreatedAt, "play_circle", $"{r.WorkflowName}, {Words(r.Status)}") { RunId = r.Id }));
        }

        return new ContactStory(
            [.. lines.OrderByDescending(l => l.At).Take(Longest)],
            await optOuts.FindAsync(caller.Tenant, MessageChannel.Sms, contact.Phone, cancellationToken),
            await optOuts.FindAsync(caller.Tenant, MessageChannel.Email, contact.Email, cancellationToken));
    }

    private static string Words(RunStatus status) => status switch
    {
        RunStatus.Done => "done",
        RunStatus.Failed => "failed",
        RunStatus.Canceled => "canceled",
        RunStatus.Waiting => "waits",
        RunStatus.Paused => "paused",
        _ => "runs",
    };
}

/// <summary>Lets a contact get SMS or e-mail again who has asked for no more.</summary>
public sealed class AllowMessages(IContacts contacts, OptOuts optOuts)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    /// <summary>Does so; false when the contact gets them already.</summary>
    public async Task<Result<bool>> RunAsync(Caller caller, Guid contactId, MessageChannel channel, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (await contacts.FindAsync(caller.Tenant, contactId, cancellationToken) is not { } contact)
            return new OperationProblem.NotFound("contact");
        return (channel == MessageChannel.Sms ? contact.Phone : contact.Email) is { } reached
            && await optOuts.EndAsync(caller.Tenant, channel, reached, cancellationToken);
    }
}

/// <summary>What there was with a contact.</summary>
/// <param name="Lines">The newest first.</param>
/// <param name="OptOut">That the contact gets no SMS; null when they do.</param>
/// <param name="MailOptOut">That the contact gets no e-mail; null when they do.</param>
public sealed record ContactStory(IReadOnlyList<StoryLine> Lines, OptOut? OptOut, OptOut? MailOptOut);
