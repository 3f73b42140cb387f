using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Notifications;

namespace WorkflowStudio.Engine.Nodes.Messaging;

/// <summary>Tells the people of the practice something, inside the studio.</summary>
[Step("create_notification", "Notification", NodeGroup.Messaging, "notifications", HasOutsideEffect = true, HandsOn = true,
    Does = "Tells the people of the practice something, inside the studio. With no text of its own it brings the summary that an earlier "
        + "step has made.",
    Example = """{"title":"New request","message":"{{ $initialPayload.first_name ?? \"Somebody\" }} wants to be called back."}""")]
public sealed class CreateNotificationNode(INotifications notifications)
    : NodeType<CreateNotificationSettings, CreateNotificationOutput>
{
    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Title.Length: > 0 } settings ? Card.Fit(settings.Title) : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        CreateNotificationSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var text = settings.Message.Trim().Length > 0 ? settings.Message : input.Text(SummaryText.Field) ?? "";
        var title = settings.Title.Trim().Length > 0 ? settings.Title : input.Run.WorkflowName;
        var answer = await notifications.TellAsync(
            input.Run.Tenant, new NewNotification(title, text, settings.Level, settings.Audience, input.Id("contact_id")),
            input.Source(), cancellationToken);
        if (!answer.Has(out var told, out var problem)) return problem.AsFailure();
        input.Log(NodeLogLevel.Info, $"Told {(told.Audience.Length > 0 ? told.Audience : "everybody")}: {told.Title}");
        return Complete(new CreateNotificationOutput
        { NotificationId = told.Id, Title = told.Title, Message = told.Text, CreatedAt = told.At });
    }
}

/// <summary>The settings of <see cref="CreateNotificationNode"/>.</summary>
public sealed record CreateNotificationSettings
{
    /// <summary>The title.</summary>
    [Setting("Title", Description = "In one line. Empty: the name of the workflow.", Max = NewNotification.MaxTitle)]
    public string Title { get; init; } = "";

    /// <summary>The text.</summary>
    [Setting("Text", Description = "Text with expressions. Empty: the summary of an earlier step.", Max = NewNotification.MaxText,
        Editor = FieldEditor.MultiLine)]
    public string Message { get; init; } = "";

    /// <summary>How much it matters.</summary>
    [Setting("Matters", Choices = ["info=To be known", "success=Good news", "warning=To be looked at", "urgent=To be done now"])]
    public NotificationLevel Level { get; init; } = NotificationLevel.Info;

    /// <summary>For whom.</summary>
    [Setting("For", Description = "An e-mail address of a member, or the name of a role. Empty: everybody.", Max = 200, Advanced = true)]
    public string Audience { get; init; } = "";
}

/// <summary>The output of <see cref="CreateNotificationNode"/>.</summary>
public sealed record CreateNotificationOutput
{
    [Setting("Notification id")]
    public required Guid NotificationId { get; init; }

    [Setting("Title")]
    public required string Title { get; init; }

    [Setting("Text")]
    public required string Message { get; init; }

    [Setting("Created at")]
    public required DateTimeOffset CreatedAt { get; init; }
}
