using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Asks a person to approve something, and waits for the answer.</summary>
[Step("approval", "Approval", NodeGroup.Flow, "approval", HasOutsideEffect = true, Waits = true, HandsOn = true,
    Ports = ["approved", "rejected", "timeout"],
    Does = "Asks somebody to approve or reject, and waits. The question stands under Approvals in the studio; with an e-mail address "
        + "or phone number, a link to decide goes there too.",
    Example = """
        {"title":"Give a discount of 10 %?","message":"For {{ $initialPayload.first_name ?? \"a client\" }}.","to":"","timeout":"2 days"}
        """)]
public sealed class ApprovalNode(IApprovals approvals, IMessenger messenger) : NodeType<ApprovalSettings, ApprovalOutput>
{
    private const string Timeout = "timeout";

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return [];
        return Reach(settings.To) is null && !Expressions.Template.Contains(settings.To)
            ? [SettingProblem.Wrong("to", NotReachable(settings.To)), .. WrittenTime.CheckLength(settings.Timeout, "timeout")]
            : WrittenTime.CheckLength(settings.Timeout, "timeout");
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings ? Card.Fit(settings.Title) : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        ApprovalSettings settings, NodeInput input, CancellationToken cancellationToken) => input.Wake.Kind switch
        {
            NodeWakeKind.FirstCall => await AskAsync(settings, input, cancellationToken),
            NodeWakeKind.Signal => Decided(input, input.Wake.Data.Deserialize<Decision>(NodeJson.Options)!),
            _ => await EndAsync(input, cancellationToken),
        };

    private async Task<NodeOutcome> AskAsync(ApprovalSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (Reach(settings.To) is not { } reach) return SettingsFailure.Wrong("to", NotReachable(settings.To));
        if (!WrittenTime.TryEnd(input, settings.Timeout, "timeout", out var until, out var failed)) return failed;
        var question = new ApprovalQuestion(
            settings.Title, settings.Message, reach, settings.ApproveLabel, settings.RejectLabel, until, input.Iteration?.Path);
        var asked = await approvals.AskAsync(input.Run.Tenant, question, input.Source(), cancellationToken);
        // decided while the server was down
        if (asked.Status is ApprovalStatus.Approved or ApprovalStatus.Rejected) return Decided(input, Decision.Of(asked));
        if (reach.Length > 0)
        {
            var sent = await messenger.SendAsync(
                input.Run.Tenant, Message(settings, asked, reach), input.Source(":message"), cancellationToken);
            if (!sent.Has(out var message, out var problem)) return problem.AsFailure();
            input.Log(NodeLogLevel.Info, message.Status == MessageStatus.Captured
                ? $"The question to {message.To} is in the outbox; nobody was written to."
                : $"Asked {message.To}");
        }
        else input.Log(NodeLogLevel.Info, "Asked under Approvals in the studio");

        return new NodeOutcome.Waiting(until, Approval.DecidedSignal(asked.Id),
            JsonSerializer.SerializeToElement(new Asked(asked.Id), NodeJson.Options), "an approval");
    }

    private async Task<NodeOutcome> EndAsync(NodeInput input, CancellationToken cancellationToken)
    {
        var asked = await approvals.ExpireAsync(input.Run.Tenant, input.State.Deserialize<Asked>(NodeJson.Options)!.Id, cancellationToken);
        // in this very moment
        if (asked.Status is ApprovalStatus.Approved or ApprovalStatus.Rejected) return Decided(input, Decision.Of(asked));
        input.Log(NodeLogLevel.Warning, "Nobody decided in time.");
        return Complete(new ApprovalOutput { Status = Timeout, Comment = "" }, Timeout);
    }

    private static NodeOutcome Decided(NodeInput input, Decision decision)
    {
        var status = decision.Status == "approved" ? "approved" : "rejected";
        input.Log(NodeLogLevel.Info, $"{(status == "approved" ? "Approved" : "Rejected")} by "
            + $"{decision.DecidedBy}{(decision.Comment.Length > 0 ? $": {decision.Comment}" : "")}");
        return Complete(new ApprovalOutput
        {
            Status = status,
            DecidedBy = decision.DecidedBy,
            DecidedAt = decision.DecidedAt.On(input.Run.TimeZone),
            Comment = decision.Comment,
        }, status);
    }

    private static OutgoingMessage Message(
        ApprovalSettings settings, Approval asked, string to) => to.Contains('@', StringComparison.Ordinal)
        ? new OutgoingMessage(MessageChannel.Email, to, "", settings.Title,
            $"{settings.Title}\n\n{(settings.Message.Length > 0 ? settings.Message + "\n\n" : "")}Decide here: {asked.Url}")
        : new OutgoingMessage(MessageChannel.Sms, to, "", null, $"{settings.Title} {asked.Url}");

    // empty stays empty: the studio alone
    private static string? Reach(string to)
    {
        var trimmed = to.Trim();
        if (trimmed.Length == 0) return "";
        if (trimmed.Contains('@', StringComparison.Ordinal))
            return trimmed.IndexOf('@', StringComparison.Ordinal) > 0 && !trimmed.EndsWith('@') && !trimmed.Any(char.IsWhiteSpace)
                ? trimmed
                : null;
        return trimmed.Count(char.IsAsciiDigit) is >= 6 and <= 15 && trimmed.All(c => char.IsAsciiDigit(c)
            || c is '+' or ' ' or '-' or '(' or ')' or '.') ? trimmed : null;
    }

    private static string NotReachable(string to) =>
        $"“{to}” is neither an e-mail address nor a phone number. Leave it empty to ask in the studio alone.";

    private sealed record Asked(Guid Id);

    private sealed record Decision(string Status, string DecidedBy, DateTimeOffset DecidedAt, string Comment)
    {
        public static Decision Of(Approval asked) => new(asked.Status == ApprovalStatus.Approved ? "approved" : "rejected",
            asked.DecidedBy ?? "", asked.DecidedAt ?? default, asked.Comment);
    }
}

/// <summary>The settings of <see cref="ApprovalNode"/>.</summary>
public sealed record ApprovalSettings
{
    /// <summary>The question.</summary>
    [Setting("Question", Description = "In one line, as the person will read it.", Min = 1, Max = 200)]
    public required string Title { get; init; }

    /// <summary>What the person has to know.</summary>
    [Setting("Details", Description = "What the person has to know to decide.", Max = 4_000, Editor = FieldEditor.MultiLine)]
    public string Message { get; init; } = "";

    /// <summary>Who is asked.</summary>
    [Setting("Ask", Description = "An e-mail address or phone number that is sent a link. Empty: the question stands under "
        + "Approvals in the studio alone.", Max = 200)]
    public string To { get; init; } = "";

    /// <summary>How long.</summary>
    [Setting("At most", Description = "A length of time such as 2 days; then the run goes on through “timeout”. Left out, it waits "
        + "until somebody decides.", Max = 100)]
    public string Timeout { get; init; } = "";

    /// <summary>The word that approves.</summary>
    [Setting("Word to approve", Min = 1, Max = 40, Advanced = true)]
    public string ApproveLabel { get; init; } = "Approve";

    /// <summary>The word that rejects.</summary>
    [Setting("Word to reject", Min = 1, Max = 40, Advanced = true)]
    public string RejectLabel { get; init; } = "Reject";
}

/// <summary>The output of <see cref="ApprovalNode"/>.</summary>
public sealed record ApprovalOutput
{
    [Setting("Status", Description = "approved, rejected or timeout.")]
    public required string Status { get; init; }

    [Setting("Decided by", Description = "Who decided: a member's name, or whom the link was sent to.")]
    public string? DecidedBy { get; init; }

    [Setting("Decided at")]
    public DateTimeOffset? DecidedAt { get; init; }

    [Setting("Comment", Description = "What they wrote; may be empty.")]
    public required string Comment { get; init; }
}
