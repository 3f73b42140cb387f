using System.Collections.Concurrent;
using System.Text;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>The other side: answers what a test says, and remembers what it got.</summary>
internal sealed class FakePosts : IHttpPosts
{
    private readonly ConcurrentQueue<HttpPost> sent = new();

    /// <summary>What it answers; 204 at first.</summary>
    public Func<HttpPost, Task<Answer<PostReply>>> Answers { get; set; } =
        _ => Task.FromResult<Answer<PostReply>>(new PostReply(204, "", null));

    public IReadOnlyList<HttpPost> Sent => [.. sent];

    /// <summary>The ids of what was sent, in their order.</summary>
    public IEnumerable<string> Ids => sent.Select(p => p.Headers["webhook-id"]);

    /// <summary>The bodies of what was sent, in their order.</summary>
    public IEnumerable<string> Bodies => sent.Select(p => Encoding.UTF8.GetString(p.Body));

    /// <summary>Answers this from now on.</summary>
    public void Answer(int status, TimeSpan? retryAfter = null, string text = "") =>
        Answers = _ => Task.FromResult<Answer<PostReply>>(new PostReply(status, text, retryAfter));

    public async Task<Answer<PostReply>> PostAsync(HttpPost post, CancellationToken cancellationToken)
    {
        sent.Enqueue(post);
        return await Answers(post).WaitAsync(cancellationToken);
    }
}
