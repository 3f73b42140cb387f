using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>What an expression can see while it is evaluated. Values are JSON; nothing of the host can be reached.</summary>
public interface IScope
{
    /// <summary>The data that started the run: <c>$initialPayload</c>.</summary>
    JsonElement Payload { get; }

    /// <summary>
    /// The outputs of the completed steps upstream, newest first: where a bare <c>{{field}}</c> looks before the payload.
    /// </summary>
    IEnumerable<JsonElement> OutputsNewestFirst { get; }

    /// <summary>The output of a completed step: <c>$node.ID</c> and <c>ID.output</c>.</summary>
    bool TryOutput(string nodeId, out JsonElement output);

    /// <summary>
    /// A value of the surroundings by its name: <c>$run</c>, <c>$workflow</c>, <c>$workspace</c>, <c>$now</c>, <c>$google_review_url</c> …
    /// </summary>
    bool TryAmbient(string name, out JsonElement value);
}
