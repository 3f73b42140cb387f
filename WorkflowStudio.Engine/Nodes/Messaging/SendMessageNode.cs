using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Nodes.Writing;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Messaging;

/// <summary>Writes to the contact of the run.</summary>
[Step("send_message", "Send message", NodeGroup.Messaging, "sms", HasOutsideEffect = true, SendsMessage = true, HandsOn = true,
    Does = "Writes to the contact whom the run is about: by SMS, or by e-mail where no phone number is known.",
    Example = """{"channel":"auto","message":"Hi {{ contact.first_name ?? \"there\" }}! May I ask a few quick questions?"}""")]
public sealed class SendMessageNode(IMessenger messenger, IContacts contacts) : NodeType<SendMessageSettings, SentMessageOutput>
{
    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) => ReadOrNull(config) is { Message.Length: 0 } settings
        ? [new SettingProblem(WorkflowProblemCodes.WrongSetting, "message", NoText(settings), ProblemSeverity.Warning)]
        : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings
        ? Card.Fit(settings.Message.Length > 0 ? settings.Message.ReplaceLineEndings(" ") : settings.Template)
        : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        SendMessageSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (settings.Message.Trim().Length == 0) return new NodeOutcome.Failed("message_empty", NoText(settings));
        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        if (ContactMessage.To(client, settings.Channel, settings.Subject, settings.Message, settings.From) is not { } message)
            return ContactMessage.NoWay(client, settings.Channel);
        message = message with { MayRepeat = settings.OnUnknown == OnUnknown.Repeat };
        var answer = await messenger.SendAsync(input.Run.Tenant, message, input.Source(), cancellationToken);
        return SentMessageOutput.Of(answer, input, client.Id) is { } output
            ? Complete(output)
            : UnknownMessage.Of(answer.Problem!, input, settings.OnUnknown);
    }

    private static string NoText(SendMessageSettings settings) => settings.Template.Length > 0
        ? $"The template “{settings.Template}” has no text here. Write the message into the step."
        : "The message is empty. Write it into the step.";
}

/// <summary>The settings of <see cref="SendMessageNode"/>.</summary>
public sealed record SendMessageSettings
{
    /// <summary>How.</summary>
    [Setting("By", Description = "SMS where a number is known and else e-mail, or one of them alone.",
        Choices = ["auto=SMS, else e-mail", "sms=SMS", "email=E-mail"])]
    public SendChannel Channel { get; init; } = SendChannel.Auto;

    /// <summary>The message.</summary>
    [Setting("Message", Description = "Text with expressions, as the contact will read it.", Max = OutgoingMessage.MaxSms,
        Editor = FieldEditor.Message)]
    public string Message { get; init; } = "";

    /// <summary>The subject of an e-mail.</summary>
    [Setting("Subject", Description = "For an e-mail. Empty: the beginning of the message.", Max = 300, Advanced = true)]
    public string Subject { get; init; } = "";

    /// <summary>The sender.</summary>
    [Setting("Sender", Description = "For an SMS: a name or a number. Empty: that of the gateway's connection.", Max = 20, Advanced = true)]
    public string From { get; init; } = "";

    /// <summary>What becomes of it where nobody knows whether it went out.</summary>
    [Setting(UnknownMessage.Label, Description = UnknownMessage.Explained, Choices = [UnknownMessage.Ask, UnknownMessage.Repeat,
        UnknownMessage.GiveUp], Advanced = true)]
    public OnUnknown OnUnknown { get; init; } = OnUnknown.Ask;

    /// <summary>The name of a text.</summary>
    [Setting("Template", Description = "The name that clients of the API know the text by; the first message of a sequence is “intro”.",
        Max = 200, Advanced = true)]
    public string Template { get; init; } = "";
}
