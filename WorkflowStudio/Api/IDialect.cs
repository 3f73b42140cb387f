using WorkflowStudio.Api.Routes;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api;

/// <summary>What the shared machinery has to know of a dialect: where it is and how it says no.</summary>
internal interface IDialect
{
    /// <summary>Its name: the <c>origin</c> of workflows that were made by it.</summary>
    string Name { get; }

    /// <summary>The path below which all of its addresses are, such as <c>/api/v1</c>.</summary>
    string Prefix { get; }

    /// <summary>The Content-Type of every no; other answers are plain JSON.</summary>
    string ProblemType { get; }

    /// <summary>
    /// Whether it answers where nobody else does below its prefix. Of dialects that share a prefix one does.
    /// </summary>
    bool AnswersTheRest => true;

    /// <summary>The dialect in which a request to one of its addresses is answered, where its sender says so; else this one.</summary>
    IDialect For(HttpRequest request) => this;

    /// <summary>Sets the headers that its clients get with every answer.</summary>
    void Head(HttpContext http)
    {
    }

    /// <summary>Why it takes nothing from this sender, whatever the key; null where it does.</summary>
    ApiProblem? WhyNot(HttpRequest request, OwnAddress own) => null;

    /// <summary>The answer to a request that is refused before an operation sees it.</summary>
    ApiAnswer Refuse(ApiProblem problem);

    /// <summary>The answer to an operation that was not done.</summary>
    ApiAnswer Refuse(OperationProblem problem);
}

/// <summary>The addresses of a dialect, or some of them.</summary>
internal interface IDialectEndpoints
{
    /// <summary>The dialect.</summary>
    IDialect Dialect { get; }

    /// <summary>The path below which they are: that of the dialect, unless it has some elsewhere.</summary>
    string Prefix => Dialect.Prefix;

    /// <summary>Names each address with what it needs and who answers.</summary>
    void Map(DialectRoutes routes);
}
