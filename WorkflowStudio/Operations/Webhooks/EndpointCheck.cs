using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>What is wrong with an endpoint that somebody wants; paths are <c>url</c>, <c>description</c>, <c>events</c>.</summary>
internal static class EndpointCheck
{
    public static IReadOnlyList<WorkflowProblem> Problems(
        WebhookDialect dialect, string? address, string? description, IReadOnlyList<string>? events, GuardedHttpOptions allowed,
        out Happenings chosen)
    {
        chosen = Happenings.None;
        var problems = new List<WorkflowProblem>();
        if (address is not null && EndpointRules.AddressProblem(address, allowed) is { } wrong) problems.Add(Wrong("url", wrong));
        if (description is { Length: > EndpointRules.MaxDescription })
            problems.Add(Wrong("description", $"The description has {description.Length} characters, at most "
                + $"{EndpointRules.MaxDescription} are possible."));
        if (events is not null && EndpointRules.EventsProblem(dialect, events, out chosen) is { } unknown)
            problems.Add(Wrong("events", unknown));
        return problems;
    }

    public static OperationProblem.Invalid Invalid(IReadOnlyList<WorkflowProblem> problems) =>
        new("The webhook cannot be stored as it is.", problems);

    public static WorkflowProblem Wrong(string path, string message) =>
        WorkflowProblem.Error(WorkflowProblemCodes.WrongField, path, null, message);
}
