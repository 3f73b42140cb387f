namespace WorkflowStudio.Engine.Storage;

/// <summary>Rows of a feature that came with a run: they go with the last run that refers to them.</summary>
public abstract class RowsOfRun
{
    /// <summary>
    /// Erases a piece of what came with a run that is gone, or leaves it to another run; says whether there may be more to erase.
    /// </summary>
    internal abstract bool EraseSome(StudioDbContext db, Guid runId);
}
