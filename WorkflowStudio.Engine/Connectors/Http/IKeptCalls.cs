using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Keeps the calls that would have left the house, so that people can see them.</summary>
public interface IKeptCalls
{
    /// <summary>Keeps it once for each key of the source.</summary>
    Task KeepAsync(Tenant tenant, KeptCall call, EffectSource source, CancellationToken cancellationToken);
}

/// <summary>A call that was not made.</summary>
/// <param name="Address">Where it would have gone, as people may see it.</param>
/// <param name="Title">The call in one line.</param>
/// <param name="Text">What it would have said; it may be cut when it is kept.</param>
public sealed record KeptCall(string Address, string Title, string Text);
