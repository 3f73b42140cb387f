using System.Text.Json.Nodes;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>What a dialect says of itself: from it its OpenAPI document is made.</summary>
internal interface IDialectReference
{
    /// <summary>The dialect.</summary>
    IDialect Dialect { get; }

    /// <summary>What it is called.</summary>
    string Title { get; }

    /// <summary>What there is to know before anything else, in Markdown.</summary>
    string Words { get; }

    /// <summary>Its addresses, those that it shares among them, in the order in which they are read.</summary>
    IReadOnlyList<DescribedAddress> Addresses { get; }

    /// <summary>The shapes that have a name. <c>Error</c> is that of every refusal.</summary>
    IReadOnlyDictionary<string, JsonObject> Shapes { get; }

    /// <summary>The status of a request that is wrong in what it says.</summary>
    int Validation { get; }

    /// <summary>The status of an Idempotency-Key that was used with another body.</summary>
    int KeyConflict => StatusCodes.Status422UnprocessableEntity;

    /// <summary>What an id in a path is the id of.</summary>
    /// <param name="before">The part of the path before it.</param>
    /// <param name="name">Its name.</param>
    string IdWords(string before, string name);
}
