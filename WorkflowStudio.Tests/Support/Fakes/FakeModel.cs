using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A language model that answers what it is given; without an answer it is not configured.</summary>
internal sealed class FakeModel : ILanguageModel
{
    public Answer<ModelReply>? Next { get; set; }

    public ModelQuestion? Asked { get; private set; }

    public static Answer<ModelReply> Reply(string json) => new ModelReply(JsonElement.Parse(json), "llama", 400, 12);

    public Task<Answer<ModelReply>?> AskAsync(Tenant tenant, ModelQuestion question, CancellationToken cancellationToken)
    {
        Asked = question;
        return Task.FromResult(Next);
    }
}
