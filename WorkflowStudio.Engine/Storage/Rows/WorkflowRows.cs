using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>A workflow: its names, its status and its draft. What runs is one of its versions.</summary>
public sealed class WorkflowRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    /// <summary>The name in addresses, unique in workspace and environment.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    /// <summary>Tags separated by line feeds.</summary>
    public string Tags { get; set; } = "";

    public WorkflowStatus Status { get; set; }

    public WorkflowVisibility Visibility { get; set; } = WorkflowVisibility.Tenant;

    /// <summary>Whose it is; null when a key made it that belongs to nobody.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The key that made it; null when none did, and once somebody was made its owner.</summary>
    public Guid? OwnerKeyId { get; set; }

    /// <summary>The dialect that made it: <c>studio</c>, <c>graph</c> …</summary>
    public required string Origin { get; set; }

    /// <summary>The type of the active version's trigger (or the draft's, before the first version), for lists.</summary>
    public required string TriggerType { get; set; }

    /// <summary>How the steps of the same definition hang together: which dialects can tell it.</summary>
    public WorkflowShape Shape { get; set; }

    /// <summary>The event that the trigger names, for lists; null for none.</summary>
    public string? TriggerEvent { get; set; }

    /// <summary>The version that runs; null before the first.</summary>
    public long? ActiveSerial { get; set; }

    /// <summary>The number of the active version, 0 before the first.</summary>
    public int ActiveNumber { get; set; }

    /// <summary>The newest version, whether it runs or not; null before the first.</summary>
    public long? NewestSerial { get; set; }

    /// <summary>The number of the newest version, 0 before the first.</summary>
    public int NewestNumber { get; set; }

    /// <summary>Counts the versions in which what a run does was changed: for the dialect that numbers those alone.</summary>
    public int Snapshot { get; set; }

    /// <summary>What dialects keep of the workflow beside its definition, as JSON: an object with a member for each.</summary>
    public string Fields { get; set; } = "{}";

    /// <summary>Counts every change of the row: what clients read carries it as its tag.</summary>
    public int Revision { get; set; }

    /// <summary>Counts the changes of the draft: a save names the revision it started from.</summary>
    public int DraftRevision { get; set; }

    /// <summary>The draft's definition as JSON; null when it equals the active version.</summary>
    public string? DraftDefinition { get; set; }

    /// <summary>The layout as JSON.</summary>
    public string EditorState { get; set; } = "{}";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it was deleted; its unfinished runs are canceled, its history stays readable.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A version that was published, or a draft as it was tested. Never changed.</summary>
public sealed class WorkflowVersionRow
{
    /// <summary>Global, counted up by the database.</summary>
    public long Serial { get; set; }

    public Guid WorkflowId { get; set; }

    /// <summary>Counts from 1 within the workflow; down from -1 for tested drafts, which no list of versions shows.</summary>
    public int Number { get; set; }

    public required string Definition { get; set; }

    public required string EditorState { get; set; }

    public Guid? AuthorId { get; set; }

    public string Note { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}
