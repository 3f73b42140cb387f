using System.Collections.Concurrent;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Who saved a workflow's draft last, for the words of a conflict. In memory: after a restart it is "somebody".</summary>
internal sealed class DraftAuthors
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<Guid, (int Revision, string Name)> last = new();

    public void Note(Guid workflowId, int revision, string name)
    {
        if (last.Count >= Most) last.Clear();
        last[workflowId] = (revision, name);
    }

    public string Of(Guid workflowId, int revision) =>
        last.TryGetValue(workflowId, out var l) && l.Revision == revision ? l.Name : "Somebody";
}
