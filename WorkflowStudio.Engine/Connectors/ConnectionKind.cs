using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors;

/// <summary>
/// A kind of account elsewhere that can be connected: what is asked for, what is wrong with it, and how it is tried. Commands and the page
/// of connections are made of it.
/// </summary>
public abstract class ConnectionKind
{
    /// <summary>The longest name of a connection.</summary>
    public const int LongestName = 100;

    private const int LongestSecret = 4_000;

    /// <summary>Its name, see <see cref="ConnectionKinds"/>.</summary>
    public abstract string Name { get; }

    /// <summary>What people call it.</summary>
    public abstract string Title { get; }

    /// <summary>What it is for, in a sentence.</summary>
    public abstract string Does { get; }

    /// <summary>The name of its symbol.</summary>
    public abstract string Icon { get; }

    /// <summary>What is asked for beside the secret, in the order in which it is asked.</summary>
    public abstract IReadOnlyList<ConnectionField> Fields { get; }

    /// <summary>The secret.</summary>
    public abstract SecretField Secret { get; }

    /// <summary>A second secret, which stands in the second line; null for none.</summary>
    public virtual SecretField? Second => null;

    /// <summary>Whether an environment can have several, told apart by their names.</summary>
    public bool IsNamed => ConnectionKinds.IsNamed(Name);

    /// <summary>Whether <see cref="TryAsync"/> can tell anything.</summary>
    public virtual bool CanTry => true;

    /// <summary>Whether the test environment, which nothing leaves, has a use for it.</summary>
    public virtual bool IsForTests => false;

    /// <summary>The types of the steps that use it, where they name none.</summary>
    public virtual IReadOnlyList<string> StepTypes => [];

    /// <summary>What has to be done at the other side, and the address that is to be entered there; null for nothing.</summary>
    public virtual (string Words, string Address)? OtherSide(Guid workspaceId) => null;

    /// <summary>Uses it in the mildest way there is, changes nothing, and answers in a sentence how that went.</summary>
    public virtual Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Answer<string>>(new ConnectorProblem("nothing_to_try", $"{Title}: there is nothing to try."));

    /// <summary>What is wrong with a connection, by field; <c>secret</c> and <c>name</c> are fields, too.</summary>
    public IEnumerable<(string Field, string Message)> Problems(Connection connection)
    {
        if (NameProblem(connection.Name) is { } unnamed) yield return ("name", unnamed);
        foreach (var field in Fields.Where(f => f.IsAsked(connection)))
            if (field.Problem(connection.Text(field.Name)) is { } wrong) yield return (field.Name, wrong);
        if (SecretProblem(connection) is { } secret) yield return ("secret", secret);
    }

    /// <summary>What is wrong with the secret itself; null when nothing is.</summary>
    protected virtual string? CheckSecret(Connection connection) => null;

    /// <summary>Whether this connection needs one.</summary>
    protected virtual bool NeedsSecret(Connection connection) => Secret.IsNeeded;

    private static string? NameProblem(string name) => name.Trim().Length is 0 or > LongestName || name.Any(char.IsControl)
        ? $"A connection needs a name of at most {LongestName} characters."
        : null;

    private string? SecretProblem(Connection connection) => connection.Secret is not { Length: > 0 } secret
        ? NeedsSecret(connection) ? $"{Secret.Label} is needed{(Secret.Example.Length > 0 ? $", such as {Secret.Example}" : "")}." : null
        : secret.Length > LongestSecret || secret.Any(c => char.IsControl(c) && (c != '\n' || Second is null))
            ? $"A secret has at most {LongestSecret} characters, none of them a control character. Enter it again."
            : CheckSecret(connection);
}

/// <summary>Something that is asked for a connection and is no secret; always a text.</summary>
/// <param name="Name">Its name in the settings, and as an option of commands.</param>
/// <param name="Label">What people read before it.</param>
public sealed record ConnectionField(string Name, string Label)
{
    /// <summary>Whether it has to be given.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>Whether it is an address that the secret goes to: with another host, the secret has to be entered anew.</summary>
    public bool IsAddress { get; init; }

    /// <summary>What should be known of it.</summary>
    public string Hint { get; init; } = "";

    /// <summary>How one looks.</summary>
    public string Example { get; init; } = "";

    /// <summary>What can be chosen, the preset first; none for what is written.</summary>
    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];

    /// <summary>The most characters.</summary>
    public int Longest { get; init; } = 500;

    /// <summary>Another field and its values with which this one is asked for; null for always.</summary>
    public (string Field, IReadOnlyList<string> Values)? When { get; init; }

    /// <summary>Why a text that was given is none; null when it is one.</summary>
    public Func<string, string?>? Check { get; init; }

    /// <summary>An address that begins with https:// or http:// and holds no password.</summary>
    public static string? WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.UserInfo.Length == 0
            && address.Fragment.Length == 0
            ? null
            : "This has to be an address that begins with https:// or http:// and holds no password.";

    /// <summary>Whether a connection is asked for it.</summary>
    public bool IsAsked(Connection connection) =>
        When is not { } when || when.Values.Contains(connection.Text(when.Field) is { Length: > 0 } given ? given : "");

    /// <summary>Why it cannot have this text; null when it can.</summary>
    public string? Problem(string text)
    {
        if (text.Length == 0) return IsNeeded ? $"{Label} is needed{(Example.Length > 0 ? $", such as {Example}" : "")}." : null;
        if (text.Length > Longest || text.Any(char.IsControl))
            return $"{Label} has at most {Longest} characters, none of them a control character.";
        return Choices.Count > 0 && !Choices.Any(c => c.Value == text)
            ? $"{Label} has to be {string.Join(" or ", Choices.Select(c => c.Value))}."
            : Check?.Invoke(text);
    }
}

/// <summary>The secret of a kind.</summary>
/// <param name="Label">What people read before it.</param>
/// <param name="IsNeeded">Whether there has to be one.</param>
public sealed record SecretField(string Label, bool IsNeeded)
{
    /// <summary>What should be known of it.</summary>
    public string Hint { get; init; } = "";

    /// <summary>How one looks.</summary>
    public string Example { get; init; } = "";

    /// <summary>What it is called where a field says what it is: the field, its value, the label.</summary>
    public IReadOnlyList<(string Field, string Value, string Label)> Labels { get; init; } = [];
}

/// <summary>All kinds of connections, in the order in which they are offered.</summary>
public sealed class ConnectionCatalog(IEnumerable<ConnectionKind> kinds)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<ConnectionKind> All { get; } = [.. kinds];

    /// <summary>A kind by its name; null when there is none.</summary>
    public ConnectionKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}
