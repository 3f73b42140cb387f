namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>The one client gave a call up and knows why.</summary>
/// <param name="problem">A stable name, and cause, then remedy, for people.</param>
internal sealed class CallRefusedException(ConnectorProblem problem) : HttpRequestException(problem.Message)
{
    public CallRefusedException(string code, string message)
        : this(new ConnectorProblem(code, message))
    {
    }

    public ConnectorProblem Problem => problem;

    public string Code => problem.Code;
}
