using System.Numerics;

namespace WorkflowStudio.Operations;

/// <summary>
/// What somebody may be allowed. People hold them by their roles or by what was granted to them of a workflow, keys by their scopes.
/// </summary>
public enum Permission
{
    /// <summary><c>workflows.view</c>: see workflows, their versions, schedules and trigger logs.</summary>
    ViewWorkflows,

    /// <summary><c>workflows.manage</c>: make, change, publish, switch and delete workflows.</summary>
    ManageWorkflows,

    /// <summary><c>workflows.run</c>: start them, test drafts, repeat runs.</summary>
    RunWorkflows,

    /// <summary><c>workflows.share</c>: say who sees one's own workflows and give them away.</summary>
    ShareWorkflows,

    /// <summary><c>runs.view</c>: see runs with their logs and outputs.</summary>
    ViewRuns,

    /// <summary><c>runs.control</c>: pause, resume, cancel, wake and signal runs.</summary>
    ControlRuns,

    /// <summary><c>approvals.decide</c>: approve and reject what runs ask.</summary>
    DecideApprovals,

    /// <summary><c>schedules.manage</c>: give workflows schedules, change and switch them.</summary>
    ManageSchedules,

    /// <summary><c>connections.use</c>: choose connections in workflows.</summary>
    UseConnections,

    /// <summary><c>connections.manage</c>: connect accounts elsewhere, with their secrets.</summary>
    ManageConnections,

    /// <summary><c>templates.manage</c>: make and change templates.</summary>
    ManageTemplates,

    /// <summary><c>data.view</c>: see the practice's contacts, calendar, invoices and outbox.</summary>
    ViewData,

    /// <summary><c>data.manage</c>: change them.</summary>
    ManageData,

    /// <summary><c>outbox.resend</c>: write to clients by hand, and send messages of the outbox again.</summary>
    ResendOutbox,

    /// <summary><c>webhooks.manage</c>: manage the addresses that are told of events.</summary>
    ManageWebhooks,

    /// <summary><c>keys.manage</c>: make and revoke API keys.</summary>
    ManageKeys,

    /// <summary><c>members.manage</c>: manage members and roles.</summary>
    ManageMembers,

    /// <summary><c>settings.manage</c>: change the settings of the workspace.</summary>
    ManageSettings,

    /// <summary><c>audit.view</c>: read who did what to whose rights.</summary>
    ViewAudit,

    /// <summary><c>export</c>: take data out in bulk.</summary>
    Export,

    /// <summary><c>events.send</c>: send events of other systems.</summary>
    SendEvents,
}

/// <summary>A set of permissions.</summary>
public readonly record struct Permissions
{
    private static readonly string[] Named = [.. Enum.GetValues<Permission>().Select(NameOf)];
    private readonly uint bits;

    private Permissions(uint bits) => this.bits = bits;

    /// <summary>Every one.</summary>
    public static Permissions All { get; } = Of(Enum.GetValues<Permission>());

    /// <summary>The public names of all.</summary>
    public static IReadOnlyList<string> AllNames => Named;

    /// <summary>Those that are in it, in their order.</summary>
    public IEnumerable<Permission> Each
    {
        get
        {
            var set = this;
            return Enum.GetValues<Permission>().Where(p => set.Has(p));
        }
    }

    /// <summary>Their public names.</summary>
    public IEnumerable<string> Names => Each.Select(p => Named[(int)p]);

    /// <summary>How many there are.</summary>
    public int Count => BitOperations.PopCount(bits);

    /// <summary>These.</summary>
    public static Permissions Of(params IEnumerable<Permission> each) =>
        new(each.Aggregate(0u, (all, one) => all | (1u << (int)one)));

    /// <summary>Those with these public names; what is none is left out.</summary>
    public static Permissions Read(string names) => Of(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(n => Array.IndexOf(Named, n)).Where(i => i >= 0).Select(i => (Permission)i));

    /// <summary>The public name of one: <c>workflows.view</c>.</summary>
    public static string NameOf(Permission permission) => permission switch
    {
        Permission.ViewWorkflows => "workflows.view",
        Permission.ManageWorkflows => "workflows.manage",
        Permission.RunWorkflows => "workflows.run",
        Permission.ShareWorkflows => "workflows.share",
        Permission.ViewRuns => "runs.view",
        Permission.ControlRuns => "runs.control",
        Permission.DecideApprovals => "approvals.decide",
        Permission.ManageSchedules => "schedules.manage",
        Permission.UseConnections => "connections.use",
        Permission.ManageConnections => "connections.manage",
        Permission.ManageTemplates => "templates.manage",
        Permission.ViewData => "data.view",
        Permission.ManageData => "data.manage",
        Permission.ResendOutbox => "outbox.resend",
        Permission.ManageWebhooks => "webhooks.manage",
        Permission.ManageKeys => "keys.manage",
        Permission.ManageMembers => "members.manage",
        Permission.ManageSettings => "settings.manage",
        Permission.ViewAudit => "audit.view",
        Permission.Export => "export",
        Permission.SendEvents => "events.send",
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "It has no name."),
    };

    /// <summary>Whether one is in it.</summary>
    public bool Has(Permission permission) => (bits & (1u << (int)permission)) != 0;

    /// <summary>Those of both.</summary>
    public Permissions With(Permissions others) => new(bits | others.bits);

    /// <summary>Those that others lack.</summary>
    public Permissions Without(Permissions others) => new(bits & ~others.bits);
}
