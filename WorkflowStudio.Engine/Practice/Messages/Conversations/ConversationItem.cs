namespace WorkflowStudio.Engine.Practice.Messages.Conversations;

/// <summary>A conversation in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Channel">How it is held.</param>
/// <param name="Address">The number or address of the other side.</param>
/// <param name="ContactId">Whose that is; null while nobody is known by it.</param>
/// <param name="ContactName">What to call them; null for nobody.</param>
/// <param name="Unread">How many messages came that neither a run has taken nor anybody has read.</param>
/// <param name="IsOpen">Whether nobody has put it away.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="Last">The last message that is seen; null when there is none any more.</param>
public sealed record ConversationItem(
    Guid Id, MessageChannel Channel, string Address, Guid? ContactId, string? ContactName, int Unread, bool IsOpen,
    DateTimeOffset CreatedAt, TalkMessage? Last)
{
    /// <summary>What to call the other side.</summary>
    public string With => ContactName ?? Address;
}

/// <summary>A message of a conversation, in either direction.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsOut">Whether the practice has written it.</param>
/// <param name="Channel">How it came or went.</param>
/// <param name="From">Who wrote it; empty for the practice's usual sender.</param>
/// <param name="To">To whom; may be empty.</param>
/// <param name="Subject">Of an e-mail that went out; null for none.</param>
/// <param name="Body">The text.</param>
/// <param name="At">When it came or went.</param>
public sealed record TalkMessage(
    Guid Id, bool IsOut, MessageChannel Channel, string From, string To, string? Subject, string Body, DateTimeOffset At)
{
    /// <summary>The conversation that it belongs to; null for none.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Who wrote it, of what came; null when nobody is known.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>What became of one that went out; null for one that came.</summary>
    public MessageStatus? Status { get; init; }

    /// <summary>What the gateway said to one that went out, or why it could not go.</summary>
    public string Said { get; init; } = "";

    /// <summary>The run that wrote it, or that it was an answer for.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Who has written it by hand; null for a step, and for what came.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>Of one that came: whether a run has taken it as its answer.</summary>
    public bool IsAnswer { get; init; }
}

/// <summary>Which conversations are wanted; null means any.</summary>
public sealed record ConversationFilter
{
    /// <summary>Whose.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>How they are held.</summary>
    public MessageChannel? Channel { get; init; }

    /// <summary>Whether nobody has put them away.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Whether something in them has to be read.</summary>
    public bool? IsUnread { get; init; }

    /// <summary>Whether the other side has ever written.</summary>
    public bool? HasReplies { get; init; }

    /// <summary>A part of the address, or of the name of the contact.</summary>
    public string? Search { get; init; }
}

/// <summary>Which messages are wanted; null means any.</summary>
public sealed record MessageFilter
{
    /// <summary>Of which conversation.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Whose: of the conversations of a contact.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>How they came or went.</summary>
    public MessageChannel? Channel { get; init; }

    /// <summary>Whether the practice has written them.</summary>
    public bool? IsOut { get; init; }

    /// <summary>This time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>This time or before.</summary>
    public DateTimeOffset? To { get; init; }
}
