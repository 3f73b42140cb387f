using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Nodes.Writing;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Messaging;

/// <summary>Sends an e-mail.</summary>
[Step("send_email", "Send e-mail", NodeGroup.Messaging, "mail", HasOutsideEffect = true, SendsMessage = true, HandsOn = true,
    Does = "Sends an e-mail through the practice's mail server; without one it is kept in the outbox. With no text of its own it brings "
        + "the summary that an earlier step has made.",
    Example = """
        {"to":"{{ $initialPayload.email }}","subject":"We have your request",
        "body":"Hello {{ $initialPayload.first_name ?? \"there\" }}, we will call you today."}
        """)]
public sealed class SendEmailNode(IMessenger messenger, IContacts contacts) : NodeType<SendEmailSettings, SentMessageOutput>
{
    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) yield break;
        var all = new[] { ("to", settings.To), ("cc", settings.Cc), ("bcc", settings.Bcc), ("reply_to", settings.ReplyTo) };
        foreach (var (name, given) in all)
            if (!Expressions.Template.Contains(given) && !MailAddresses.TryRead(given, out _, out var wrong))
                yield return SettingProblem.Wrong(name, $"“{wrong}” is no e-mail address. Write one such as maria@example.com.");
        if (MailAddresses.TryRead(settings.ReplyTo, out var answers, out _) && answers.Count > 1)
            yield return SettingProblem.Wrong("reply_to", "Answers go to one address alone. Leave one of them.");
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings
        ? Card.Fit(settings.To.Length == 0 ? settings.Subject : $"{settings.To}: {settings.Subject}")
        : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        SendEmailSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        Contact? client = null;
        var to = settings.To;
        if (to.Trim().Length == 0)
        {
            if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out client, out var nobody))
                return nobody.AsFailure();
            if (client.Email is not { } email)
                return new NodeOutcome.Failed("no_email", $"No e-mail address of {client.Name} is known. Ask for it in the form, add it to "
                    + "the contact, or write an address into the step.");
            to = email;
        }

        var subject = settings.Subject.Trim().Length > 0 ? settings.Subject.Trim() : input.Run.WorkflowName;
        // a lone subject is a message, too
        var body = settings.Body.Trim().Length > 0 ? settings.Body : input.Text(SummaryText.Field) ?? subject;
        var message = new OutgoingMessage(MessageChannel.Email, to, settings.From, subject, body)
        {
            Html = settings.Html.Trim().Length > 0 ? settings.Html : null, Cc = settings.Cc, Bcc = settings.Bcc, ReplyTo = settings.ReplyTo,
            MayRepeat = settings.OnUnknown == OnUnknown.Repeat,
        };
        var answer = await messenger.SendAsync(input.Run.Tenant, message, input.Source(), cancellationToken);
        return SentMessageOutput.Of(answer, input, client?.Id) is { } output
            ? Complete(output)
            : UnknownMessage.Of(answer.Problem!, input, settings.OnUnknown);
    }
}

/// <summary>The settings of <see cref="SendEmailNode"/>.</summary>
public sealed record SendEmailSettings
{
    /// <summary>Who gets it.</summary>
    [Setting("To", Description = "One or more addresses, separated by commas. Empty: the contact whom the run is about.", Max = 4_000)]
    public string To { get; init; } = "";

    /// <summary>The subject.</summary>
    [Setting("Subject", Description = "In one line. Empty: the name of the workflow.", Max = 300)]
    public string Subject { get; init; } = "";

    /// <summary>The text.</summary>
    [Setting("Text", Description = "Text with expressions. Empty: the summary of an earlier step, else the subject alone.",
        Max = OutgoingMessage.MaxEmail, Editor = FieldEditor.Message)]
    public string Body { get; init; } = "";

    /// <summary>The same as HTML.</summary>
    [Setting("As HTML", Description = "Shown in its place by programs that show HTML. What expressions bring in is not made safe here.",
        Max = OutgoingMessage.MaxEmail, Editor = FieldEditor.MultiLine, Advanced = true)]
    public string Html { get; init; } = "";

    /// <summary>The sender.</summary>
    [Setting("Sender", Description = "A name, or a name with its address. Empty: that of the mail server's connection.", Max = 300,
        Advanced = true)]
    public string From { get; init; } = "";

    /// <summary>Where answers go.</summary>
    [Setting("Answers to", Description = "An address. Empty: the sender.", Max = 300, Advanced = true)]
    public string ReplyTo { get; init; } = "";

    /// <summary>Copies.</summary>
    [Setting("Copy to", Description = "Addresses that everybody sees.", Max = 4_000, Advanced = true)]
    public string Cc { get; init; } = "";

    /// <summary>Hidden copies.</summary>
    [Setting("Hidden copy to", Description = "Addresses that the others do not see.", Max = 4_000, Advanced = true)]
    public string Bcc { get; init; } = "";

    /// <summary>What becomes of it where nobody knows whether it went out.</summary>
    [Setting(UnknownMessage.Label, Description = UnknownMessage.Explained, Choices = [UnknownMessage.Ask, UnknownMessage.Repeat,
        UnknownMessage.GiveUp], Advanced = true)]
    public OnUnknown OnUnknown { get; init; } = OnUnknown.Ask;
}
