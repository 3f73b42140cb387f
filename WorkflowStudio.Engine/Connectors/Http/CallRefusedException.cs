namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>The one client gave a call up and knows why.</summary>
/// <param name="code">A stable name.</param>
/// <param name="message">Cause, then remedy, for people.</param>
internal sealed class CallRefusedException(string code, string message) : HttpRequestException(message)
{
    public string Code => code;
}
