using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Runtime.Answers;

namespace WorkflowStudio.Operations.Practice;

/// <summary>What contacts write: taken in from whoever carries messages.</summary>
internal sealed class Messages(ReceivedMessages received)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    /// <summary>Takes a message in: it wakes the run that waits for the contact's answer.</summary>
    public async Task<Result<ReceivedMessage>> ReceiveAsync(
        Caller caller, IncomingMessage message, Func<ReceivedMessage, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var taken = await received.ReceiveAsync(caller.Tenant, message, answer, cancellationToken);
        return taken.Has(out var one, out var problem) ? one : Refused(problem);
    }

    private static OperationProblem.Invalid Refused(ConnectorProblem problem) => new("The message cannot be taken.",
        [
            WorkflowProblem.Error(
                WorkflowProblemCodes.WrongField, problem.Code == "contact_unknown" ? "contactId" : "body", null, problem.Message),
        ]);
}
