using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// The step types that an API contract names and that are not built yet: the one list of them. A workflow with such a step is stored,
/// shown and given back; when its turn comes the step fails. Building one strikes it off here.
/// </summary>
public static class UnbuiltSteps
{
    /// <summary>The code of such a step's failure, and of the warning that tells of it before.</summary>
    public const string Code = WorkflowProblemCodes.StepNotAvailable;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<NodeType> All { get; } =
    [
        new Unbuilt("tag_ticket", "Tag ticket", NodeGroup.Practice, "label"),
    ];

    /// <summary>Whether a type is one of them.</summary>
    public static bool Contains(NodeType type) => type is Unbuilt;

    /// <summary>What a step of a type that is not built yet comes to.</summary>
    private sealed class Unbuilt(string type, string title, NodeGroup group, string icon, bool waits = false) : NodeType(
        new StepAttribute(type, title, group, icon)
        {
            Does = "This step cannot run yet. Workflows keep it as it was sent.",
            Example = "{}",
            Waits = waits,
        })
    {
        public override NodeSchema Settings { get; } = new([]);

        public override NodeSchema Output { get; } = new([]);

        public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        [
            new SettingProblem(Code, "", $"Steps of the type {Type} cannot run here yet: a run fails when it comes to this one.",
                ProblemSeverity.Warning),
        ];

        public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
            ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Failed(
                Code, $"Steps of the type {Type} cannot run here yet. Take the step out, or switch it off, to go on without it."));
    }
}
