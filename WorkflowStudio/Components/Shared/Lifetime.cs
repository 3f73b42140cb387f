namespace WorkflowStudio.Components.Shared;

/// <summary>
/// How long a component is there: what it has asked for stops when it goes. The token can be asked for afterwards, too, which that of a
/// source that is disposed of cannot.
/// </summary>
internal sealed class Lifetime : IDisposable
{
    private readonly CancellationTokenSource source = new();

    public Lifetime() => Token = source.Token;

    /// <summary>Is cancelled when the component goes.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether it is gone.</summary>
    public bool IsOver => Token.IsCancellationRequested;

    public void Dispose()
    {
        if (IsOver) return;
        source.Cancel();
        source.Dispose();
    }
}
