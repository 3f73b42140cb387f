using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Notifications;

/// <summary>What the people of a practice are told inside the studio.</summary>
public interface INotifications
{
    /// <summary>Tells everybody in the workspace, or one person. Problem: <c>notification_empty</c>.</summary>
    Task<Answer<Notification>> TellAsync(
        Tenant tenant, NewNotification notification, EffectSource source, CancellationToken cancellationToken);
}

/// <summary>How much a notification matters. The numbers are stored.</summary>
public enum NotificationLevel
{
    /// <summary>To be known.</summary>
    Info = 0,

    /// <summary>Something went well.</summary>
    Success = 1,

    /// <summary>Somebody should look at it.</summary>
    Warning = 2,

    /// <summary>Somebody has to do something.</summary>
    Urgent = 3,
}

/// <summary>A notification to make.</summary>
/// <param name="Title">In one line, 1 to <see cref="MaxTitle"/> characters.</param>
/// <param name="Text">More of it, at most <see cref="MaxText"/> characters; may be empty.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Audience">For whom it is, in words: empty for everybody, else an e-mail address or the name of a role.</param>
/// <param name="ContactId">Whom it is about; null for nobody.</param>
public sealed record NewNotification(string Title, string Text, NotificationLevel Level, string Audience, Guid? ContactId)
{
    /// <summary>The longest title in characters.</summary>
    public const int MaxTitle = 200;

    /// <summary>The longest text in characters.</summary>
    public const int MaxText = 20_000;
}

/// <summary>A notification that was made.</summary>
public sealed record Notification(
    Guid Id, string Title, string Text, NotificationLevel Level, string Audience, Guid? ContactId, Guid? RunId, Guid? WorkflowId,
    DateTimeOffset At, DateTimeOffset? ReadAt);
