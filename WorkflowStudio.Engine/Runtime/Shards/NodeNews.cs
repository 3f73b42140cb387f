using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// What nodes tell each other: a run of another node's shard is due, entries of a run are durable, something that others keep in memory has
/// changed. One node alone tells nobody. Only hints: what is lost is found by polls, or read again.
/// </summary>
public sealed class NodeNews
{
    /// <summary>The kind of a change to a workflow: its versions, its name, whether it is on.</summary>
    public const string Workflow = "workflow";

    /// <summary>The kind of a change to who sees the workflows of a workspace, which is the id.</summary>
    public const string Sight = "sight";

    /// <summary>The kind of a change to an API key: it was revoked.</summary>
    public const string Key = "key";

    /// <summary>The kind of a change to the connections of a workspace, which is the id.</summary>
    public const string Connection = "connection";

    private INodeLink? link;

    /// <summary>Another node says that a run is due.</summary>
    public event Action<Guid>? Due;

    /// <summary>Another node says that entries of a run are durable.</summary>
    public event Action<AppendedNews>? Appended;

    /// <summary>Something that may be kept in memory has changed, here or on another node: a kind of thing and its id.</summary>
    public event Action<string, Guid>? Changed;

    /// <summary>News may have been missed: whatever is kept in memory has to be read again.</summary>
    public event Action? Missed;

    /// <summary>Whether there is anybody to tell.</summary>
    internal bool HasLink => link is { IsAlone: false };

    internal void Connect(INodeLink to) => link = to;

    internal void TellDue(Guid runId) => link?.Send($"d:{Text(runId)}");

    internal void TellAppended(RunIdentity run, long from, long to, bool listed)
    {
        if (HasLink)
            link!.Send(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"a:{Text(run.RunId)}:{from}:{to}:{Text(run.Tenant.WorkspaceId)}:{(int)run.Tenant.Environment}:{(listed ? 1 : 0)}"));
    }

    /// <summary>Tells everybody, this node at once.</summary>
    public void TellChanged(string what, Guid id)
    {
        Changed?.Invoke(what, id);
        if (HasLink) link!.Send($"c:{what}:{Text(id)}");
    }

    internal void Hear(string item)
    {
        switch (item.Split(':'))
        {
            case ["d", var run]:
                Due?.Invoke(Id(run));
                break;
            case ["a", var run, var from, var to, var workspace, var environment, var listed]:
                var tenant = new Tenant(Id(workspace), (StudioEnvironment)Number(environment));
                Appended?.Invoke(new AppendedNews(Id(run), tenant, Number(from), Number(to), listed == "1"));
                break;
            case ["c", var what, var id]:
                Changed?.Invoke(what, Id(id));
                break;
        }
    }

    internal void Miss() => Missed?.Invoke();

    private static string Text(Guid id) => Convert.ToHexStringLower(id.ToByteArray(true));

    private static Guid Id(string text) => new(Convert.FromHexString(text), true);

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Entries of a run that another node has made durable.</summary>
public readonly record struct AppendedNews(Guid RunId, Tenant Tenant, long From, long To, bool Listed);

/// <summary>Carries news to the other nodes.</summary>
internal interface INodeLink
{
    /// <summary>Whether there is no other node.</summary>
    bool IsAlone { get; }

    /// <summary>Sends an item soon. Never blocks; may be lost.</summary>
    void Send(string item);
}
