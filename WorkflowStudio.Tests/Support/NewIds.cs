using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Support;

/// <summary>Ids of things that nobody looks up by what they are.</summary>
internal static class NewIds
{
    private static readonly IdFactory Ids = new(TimeProvider.System);

    public static Guid Next() => Ids.New();
}
