//! One short note per account.
#![cfg_attr(not(feature = "std"), no_std)]

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The longest note, in bytes.
		#[pallet::constant]
		type MaxLength: Get<u32>;
	}

	/// Each account's note.
	#[pallet::storage]
	pub type Notes<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, BoundedVec<u8, T::MaxLength>>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account wrote its note.
		Written { who: T::AccountId },
		/// An account erased its note.
		Erased { who: T::AccountId },
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no note to erase.
		Missing,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Writes the caller's note.
		#[pallet::call_index(0)]
		#[pallet::weight(T::DbWeight::get().writes(1))]
		pub fn write(origin: OriginFor<T>, note: BoundedVec<u8, T::MaxLength>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Notes::<T>::insert(&who, note);
			Self::deposit_event(Event::Written { who });
			Ok(())
		}

		/// Erases the caller's note.
		#[pallet::call_index(1)]
		#[pallet::weight(T::DbWeight::get().reads_writes(1, 1))]
		pub fn erase(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Notes::<T>::take(&who).ok_or(Error::<T>::Missing)?;
			Self::deposit_event(Event::Erased { who });
			Ok(())
		}
	}
}
