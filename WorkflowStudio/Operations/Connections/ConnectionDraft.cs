using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Connections;

/// <summary>A connection that somebody wants to have, made ready with what is stored of it.</summary>
internal sealed class ConnectionDraft(ConnectionCatalog kinds, ISecretProtector protector)
{
    /// <summary>The connection with its secret in the clear, as it would be stored; or what is wrong with it, by field.</summary>
    /// <param name="stored">What is there; null for a new one.</param>
    /// <param name="wish">What is wanted.</param>
    /// <param name="secret">What becomes of the secret.</param>
    public Result<Connection> Make(ConnectionRow? stored, Connection wish, SecretChange secret)
    {
        if (kinds.Find(wish.Kind) is not { } kind)
            return Invalid([("kind", $"There is no kind {wish.Kind}. Known: {string.Join(", ", kinds.All.Select(k => k.Name))}.")]);
        var made = wish with
        {
            Name = wish.Name.Trim(),
            Settings = Asked(kind, wish),
            Secret = null,
        };
        var (text, kept) = Secrets(kind, secret == SecretChange.Keep ? Secret(stored) : null, wish.Secret);
        made = made with { Secret = text };
        var problems = kind.Problems(made).ToList();
        if (kept)
        {
            // what is all kept was looked at when it was entered
            if (string.IsNullOrWhiteSpace(wish.Secret)) problems.RemoveAll(p => p.Field == "secret");
            if (kind.Fields.FirstOrDefault(f => f.IsAddress && IsElsewhere(f.Name)) is { } moved)
                problems.Add(
                    ("secret", $"{moved.Label} leads elsewhere now. A secret goes only where it was entered for: enter it again."));
        }

        if (problems.Count > 0) return Invalid(problems);
        // sent once more, it is the same: the one before stays the old one
        return secret == SecretChange.Add
            && (Secret(stored) ?? "").Split('\n').FirstOrDefault(s => s.Length > 0 && s != made.Secret) is { } old
            ? made with { Secret = $"{made.Secret}\n{old}" }
            : made;

        bool IsElsewhere(string field) => stored is not null
            && Origin(new Connection(stored.Kind, stored.Name, JsonElement.Parse(stored.Settings), null).Text(field)) is var before
            && before != Origin(made.Text(field));
    }

    // what is not given anew is kept; each line by itself where a kind has two secrets
    private static (string? Secret, bool Kept) Secrets(ConnectionKind kind, string? stored, string? wished)
    {
        if (kind.Second is null)
            return wished?.Trim() is { Length: > 0 } given ? (given, false) : (stored, stored is not null);
        string[] there = [.. (stored ?? "").Split('\n'), ""];
        string[] wish = [.. (wished ?? "").Split('\n').Select(l => l.Trim()), ""];
        var first = wish[0].Length > 0 ? wish[0] : there[0];
        var second = wish[1].Length > 0 ? wish[1] : there[1];
        var kept = (wish[0].Length == 0 && there[0].Length > 0) || (wish[1].Length == 0 && there[1].Length > 0);
        return (first.Length > 0 ? second.Length > 0 ? $"{first}\n{second}" : first : null, kept);
    }

    // what a choice has made unasked is not kept
    private static JsonElement Asked(ConnectionKind kind, Connection wish) => JsonSerializer.SerializeToElement(
        kind.Fields.Where(f => f.IsAsked(wish) && wish.Text(f.Name).Length > 0).ToDictionary(f => f.Name, f => wish.Text(f.Name)));

    private static string Origin(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Authority}" : address;

    private static OperationProblem.Invalid Invalid(IReadOnlyList<(string Field, string Message)> problems) =>
        new(problems[0].Message, [.. problems.Select(p => WorkflowProblem.Error("invalid_connection", p.Field, null, p.Message))]);

    private string? Secret(ConnectionRow? row) => row?.ProtectedSecret is { } secret ? protector.Unprotect(secret) : null;
}
