namespace WorkflowStudio.Operations.Access;

/// <summary>The accounts of people, whatever workspaces they belong to.</summary>
public interface IPeople
{
    /// <summary>Who these are, by id; who has no account is not among them.</summary>
    Task<IReadOnlyDictionary<Guid, Person>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Who signs in with this address; null when nobody does.</summary>
    Task<Person?> FindAsync(string email, CancellationToken cancellationToken);
}

/// <summary>Somebody who can sign in.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">What other people read.</param>
/// <param name="Email">Their address.</param>
public sealed record Person(Guid Id, string Name, string Email);
