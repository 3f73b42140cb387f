using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Writes something in the transaction that makes a run.</summary>
public abstract class StoredAttachment : RunAttachment
{
    /// <summary>Writes it.</summary>
    public abstract void Write(StudioWrite write, RunStart start);
}
