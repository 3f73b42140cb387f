namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>What becomes durable together with a run: the store knows how, the runtime does not.</summary>
public abstract class RunAttachment
{
    private protected RunAttachment()
    {
    }
}
