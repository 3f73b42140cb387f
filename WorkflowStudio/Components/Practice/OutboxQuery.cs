using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Components.Practice;

/// <summary>The filter and the place of the outbox, and the message that is open.</summary>
/// <param name="Channel">One of <see cref="Channels"/>; null for all.</param>
/// <param name="Before">The message below which the page begins; null for the newest.</param>
/// <param name="Message">The message that is open; null for the newest of the page, which a phone does not open by itself.</param>
public sealed record OutboxQuery(string? Channel = null, Guid? Before = null, Guid? Message = null) : IPageQuery<OutboxQuery>
{
    /// <summary>The channels that can be filtered for, and all of them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Channels { get; } =
        [("", "All"), ("sms", "SMS"), ("email", "Email"), ("http", "HTTP")];

    public static OutboxQuery Of(AddressValues address) =>
        new(address.OneOf("channel", Channels) is { Length: > 0 } channel ? channel : null, address.Id("before"), address.Id("message"));

    /// <summary>The channel, as the operation is asked for it.</summary>
    public MessageChannel? Only() => Channel is null ? null : Enum.Parse<MessageChannel>(Channel, ignoreCase: true);

    public IReadOnlyDictionary<string, object?> ToParameters() =>
        new Dictionary<string, object?> { ["channel"] = Channel, ["before"] = Before, ["message"] = Message };
}
