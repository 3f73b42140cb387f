using WorkflowStudio.Operations;

namespace WorkflowStudio.Api;

/// <summary>What the shared machinery has to know of a dialect: how it says no.</summary>
internal interface IDialect
{
    /// <summary>The answer to a request that is refused before an operation sees it.</summary>
    ApiAnswer Refuse(ApiProblem problem);

    /// <summary>The answer to an operation that was not done.</summary>
    ApiAnswer Refuse(OperationProblem problem);
}
