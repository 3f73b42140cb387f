namespace WorkflowStudio.Components.Shared.Pages;

/// <summary>What is chosen on a page, as it stands in its address: filters, a place in a list, what is open beside it.</summary>
/// <typeparam name="TSelf">The choices of that page: a record.</typeparam>
public interface IPageQuery<out TSelf>
    where TSelf : IPageQuery<TSelf>
{
    /// <summary>The choices of an address. What cannot be read counts as not given, whatever it is.</summary>
    static abstract TSelf Of(AddressValues address);

    /// <summary>All parameters of the page: <see cref="Of"/> reads the same choices from them. Null takes one out of the address.</summary>
    IReadOnlyDictionary<string, object?> ToParameters();
}
