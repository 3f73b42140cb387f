using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Writing;

/// <summary>What becomes of a message where nobody knows whether it went out.</summary>
public enum OnUnknown
{
    /// <summary>The run waits until somebody says.</summary>
    Ask,

    /// <summary>It is sent again, and may arrive twice.</summary>
    Repeat,

    /// <summary>The step fails.</summary>
    GiveUp,
}

/// <summary>Lets a step whose message may have gone out or not do what its settings say.</summary>
internal static class UnknownMessage
{
    public const string Label = "If nobody knows whether it went out";
    public const string Explained = "Where the connection or the server broke while the message was handed over.";
    public const string Ask = "ask=Wait until somebody says";
    public const string Repeat = "repeat=Send it again; it may arrive twice";
    public const string GiveUp = "give_up=Fail";

    /// <summary>The outcome of a step whose message did not go out for sure. What is kept while it waits is what was kept before.</summary>
    public static NodeOutcome Of(ConnectorProblem problem, NodeInput input, OnUnknown choice)
    {
        if (problem.Code != ConnectorProblem.OutcomeUnknown || choice == OnUnknown.GiveUp) return problem.AsFailure();
        if (choice == OnUnknown.Repeat) return (problem with { Retryable = true }).AsFailure();
        if (input.Wake.Kind == NodeWakeKind.FirstCall)
            input.Log(NodeLogLevel.Warning, $"{problem.Message} The run waits: say under Outbox what became of it.");
        return new NodeOutcome.Waiting(
            null, OutgoingMessage.DecidedSignal(input.EffectKey), input.State,
            "somebody to say in the outbox whether the message went out");
    }
}
