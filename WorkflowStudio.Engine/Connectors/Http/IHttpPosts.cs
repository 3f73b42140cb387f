namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// Posts to addresses that somebody else has chosen, through the guarded client. Redirects are not followed, and of the answer only the
/// beginning is read.
/// </summary>
public interface IHttpPosts
{
    /// <summary>How much of an answer is read, in bytes.</summary>
    const int MaxAnswer = 4 * 1024;

    /// <summary>An answer with any status is a value. Problems: those of <see cref="IHttpCalls"/>.</summary>
    Task<Answer<PostReply>> PostAsync(HttpPost post, CancellationToken cancellationToken);
}

/// <summary>A post.</summary>
/// <param name="Url">An absolute http or https address.</param>
/// <param name="Headers">The headers beside that of the body.</param>
/// <param name="Body">JSON, as UTF-8.</param>
/// <param name="Timeout">How long it may take, with its answer.</param>
public sealed record HttpPost(Uri Url, IReadOnlyDictionary<string, string> Headers, byte[] Body, TimeSpan Timeout);

/// <summary>What came back.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The beginning of the body; what is no text looks as it does.</param>
/// <param name="RetryAfter">How long the other side wants to be left alone.</param>
public sealed record PostReply(int Status, string Text, TimeSpan? RetryAfter);
